package runnel.web.stream;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import runnel.store.Database;
import runnel.store.chat.Notifications.Entry;
import runnel.store.chat.Notifications.FeedCursor;
import runnel.store.chat.Notifications;

/// A user's notifications behind a reader's place. They are in the database, and a look there blocks: so it is taken on a virtual
/// thread, by one at a time, and only when the reader has everything of the look before.
final class FeedSource implements Source<StreamEvent> {
    private final Queue<Entry> unread = new ConcurrentLinkedQueue<>();
    private final AtomicInteger rings = new AtomicInteger();
    private final Runnable bell = this::ring;
    private final Database database;
    private final String owner;
    private final Notifications notifications;
    private Runnable wake = () -> {};
    private Optional<FeedCursor> looked;
    private Optional<FeedCursor> reached;
    /// Whether there may be more in the database than was taken from it.
    private volatile boolean more;
    private volatile Optional<RuntimeException> failure = Optional.empty();

    /// Takes the first look on the caller's thread.
    ///
    /// @param cursor as the reader wrote it
    /// @throws runnel.store.StoreException where the database does not answer
    FeedSource(Database database, String owner, Optional<String> cursor) {
        this.database = database;
        this.owner = owner;
        this.notifications = new Notifications(database, owner);
        this.looked = cursor.flatMap(FeedCursor::parse);
        this.reached = looked;
        look();
    }

    @Override
    public Optional<String> reply() {
        return Optional.empty();
    }

    private void look() {
        if (unread.isEmpty()) {
            var entries = notifications.behind(looked);
            unread.addAll(entries);
            looked = entries.isEmpty() ? looked : Optional.of(entries.getLast().place());
            more = !entries.isEmpty();
        } else {
            more = true;
        }
    }

    private void ring() {
        if (rings.getAndIncrement() == 0) {
            Thread.startVirtualThread(this::answerRings);
        }
    }

    private void answerRings() {
        int answered = 1;
        do {
            try {
                look();
            } catch (RuntimeException refused) {
                failure = Optional.of(refused);
            } catch (Error fault) {
                failure = Optional.of(new IllegalStateException(fault));
            }
            wake.run();
            answered = rings.addAndGet(-answered);
        } while (answered > 0);
    }

    /// @throws RuntimeException what kept the last look from being taken
    @Override
    public StreamEvent next() {
        var entry = unread.poll();
        if (entry != null) {
            reached = Optional.of(entry.place());
            return new StreamEvent.OfFeed(entry);
        }
        failure.ifPresent(refused -> {
            throw refused;
        });
        if (more) {
            more = false;
            ring();
        }
        return null;
    }

    @Override
    public boolean done() {
        return false;
    }

    @Override
    public Optional<String> cursor() {
        return reached.map(FeedCursor::toString);
    }

    @Override
    public void listen(Runnable waken) {
        wake = waken;
        database.bell().listen(owner, bell);
        more = true; // what came since the first look
    }

    @Override
    public void leave(Runnable listening, boolean gone) {
        database.bell().leave(owner, bell);
    }

    @Override
    public String toString() {
        return "notifications";
    }
}
