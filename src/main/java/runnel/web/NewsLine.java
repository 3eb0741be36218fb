package runnel.web;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import runnel.store.StoreException;

/// One reader of a user's notifications on one wire.
record NewsLine(NewsReading reading, NewsWire wire, Streams.Seat seat, Duration heartbeat) {
    private static final Logger LOG = LoggerFactory.getLogger(NewsLine.class);

    /// Tells what happens, on this thread; returns when the reader has gone or is shut out, or the server stops, and gives the
    /// place back.
    void run() {
        try (reading; var _ = seat.park(reading::wake, wire.connection())) {
            wire.open();
            while (!wire.gone() && !seat.closed()) {
                tellOrBeat();
            }
        } catch (StoreException refused) {
            LOG.debug("The database does not tell the news; readers come back for it.", refused);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            seat.giveBack();
            wire.end();
        }
    }

    private void tellOrBeat() throws InterruptedException {
        var entries = reading.next(heartbeat, seat);
        entries.forEach(wire::tell);
        if (entries.isEmpty() && !seat.closed()) {
            wire.heartbeat();
        }
    }
}
