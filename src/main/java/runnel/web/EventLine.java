package runnel.web;

import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import runnel.store.Bell;
import runnel.store.Notifications;
import runnel.store.Notifications.Entry;
import runnel.store.Notifications.Place;
import runnel.store.StoreException;

/// One reader of a user's notifications. Everything on its connection, heartbeats too, is written by one thread, as
/// [SseClient] wants it.
final class EventLine {
    private static final Logger LOG = LoggerFactory.getLogger(EventLine.class);

    private final Semaphore news = new Semaphore(0);
    private final SseClient client;
    private final HttpConnection reader;
    private final Notifications notifications;
    private Optional<Place> place;

    EventLine(Context ctx, Notifications notifications, Optional<Place> place) {
        this.client = Reading.client(ctx);
        this.reader = new HttpConnection(ctx);
        this.notifications = notifications;
        this.place = place;
    }

    /// Returns when the reader has gone or the server stops.
    void run(Streams.Seat seat, Bell bell, String owner, Duration heartbeat) {
        Runnable wake = news::release;
        bell.listen(owner, wake);
        try (var _ = seat.park(wake, reader)) {
            begin();
            while (!client.terminated() && !seat.closed()) {
                tellOrWait(heartbeat);
            }
        } catch (StoreException refused) {
            LOG.debug("The database does not tell the news; readers come back for it.", refused);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            bell.leave(owner, wake);
        }
    }

    /// Shows the reader at once that the line is open, also where there is nothing to tell.
    private void begin() {
        try {
            client.ctx().res().getOutputStream().print(SseWire.retry());
            client.sendComment("");
        } catch (IOException gone) {
            client.close();
        }
    }

    private void tellOrWait(Duration heartbeat) throws InterruptedException {
        news.drainPermits();
        var entries = notifications.behind(place);
        entries.forEach(this::tell);
        if (entries.isEmpty() && !news.tryAcquire(heartbeat.toNanos(), TimeUnit.NANOSECONDS)) {
            client.sendComment("");
        }
    }

    private void tell(Entry entry) {
        client.sendEvent("notification", Json.write(NotificationJson.data(entry.told())), entry.place().toString());
        place = Optional.of(entry.place());
    }
}
