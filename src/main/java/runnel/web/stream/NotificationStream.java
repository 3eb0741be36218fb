package runnel.web.stream;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import runnel.store.StoreException;

/// One reader of a user's notifications on one wire.
record NotificationStream(NotificationReader reading, NotificationWire wire, Streams.StreamPermit permit, Duration heartbeat) {
    private static final Logger LOG = LoggerFactory.getLogger(NotificationStream.class);

    /// Tells what happens, on this thread; returns when the reader has gone or is shut out, or the server stops, and gives the
    /// place back.
    void run() {
        try (reading; var _ = permit.park(reading::wake, wire.connection())) {
            wire.open();
            while (!wire.gone() && !permit.closed()) {
                tellOrBeat();
            }
        } catch (StoreException refused) {
            LOG.debug("The database does not tell the news; readers come back for it.", refused);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            permit.release();
            wire.end();
        }
    }

    private void tellOrBeat() throws InterruptedException {
        var entries = reading.next(heartbeat, permit);
        entries.forEach(wire::tell);
        if (entries.isEmpty() && !permit.closed()) {
            wire.heartbeat();
        }
    }
}
