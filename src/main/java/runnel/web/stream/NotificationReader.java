package runnel.web.stream;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import runnel.account.Credential;
import runnel.store.Database;
import runnel.store.Notifications;
import runnel.store.Notifications.Entry;
import runnel.store.Notifications.Place;

/// A reader's place in the notifications of a user, and the only way in which these are read, whatever carries them.
final class NotificationReader implements AutoCloseable {
    private final Semaphore rung = new Semaphore(0);
    private final Runnable wake = rung::release;
    private final Database database;
    private final String owner;
    private final Notifications notifications;
    private Optional<Place> place;

    /// @param cursor as the reader wrote it
    NotificationReader(Database database, Credential credential, Optional<String> cursor) {
        this.database = database;
        this.owner = credential.user().id();
        this.notifications = Notifications.of(database, owner);
        this.place = cursor.flatMap(Place::parse);
        database.bell().listen(owner, wake);
    }

    /// What lies behind the place, as soon as there is anything; nothing once it has waited so long, or the place in the
    /// server was lost.
    List<Entry> next(Duration most, Streams.StreamPermit permit) throws InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        List<Entry> entries;
        do {
            rung.drainPermits();
            entries = notifications.behind(place);
        } while (entries.isEmpty() && !permit.closed() && rung.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
        if (!entries.isEmpty()) {
            place = Optional.of(entries.getLast().place());
        }
        return entries;
    }

    /// Makes a waiting reader look whether there is anything.
    void wake() {
        wake.run();
    }

    /// The place that was reached.
    Optional<Place> place() {
        return place;
    }

    @Override
    public void close() {
        database.bell().leave(owner, wake);
    }
}
