package runnel.reply;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import runnel.chat.End;
import runnel.chat.Reply;
import runnel.chat.Status;
import runnel.store.reply.StoredReplies;

/// The replies that are being written, by their ids, and all others behind them.
final class RunningReplies {
    private final Map<String, ReplyWriter> writers = new ConcurrentHashMap<>();
    /// Shared by those who start replies, from before one is in the database until it has its writer.
    private final ReadWriteLock starting = new ReentrantReadWriteLock();
    private final StoredReplies stored;

    RunningReplies(StoredReplies stored) {
        this.stored = stored;
    }

    int size() {
        return writers.size();
    }

    Optional<ReplyWriter> writer(String id) {
        return Optional.ofNullable(writers.get(id));
    }

    void add(ReplyWriter writer) {
        writers.put(writer.live().reply().id(), writer);
    }

    void remove(ReplyWriter writer) {
        writers.remove(writer.live().reply().id(), writer);
    }

    /// Runs what writes a reply down as running and [#add]s its writer.
    <T> T starting(Supplier<T> start) {
        starting.readLock().lock();
        try {
            return start.get();
        } finally {
            starting.readLock().unlock();
        }
    }

    /// The reply's text, live while it runs.
    Optional<ReplyText> find(String owner, String id) {
        var found = look(owner, id);
        return found.filter(RunningReplies::isOrphan).isPresent() ? lookAgain(owner, id) : found;
    }

    private Optional<ReplyText> look(String owner, String id) {
        var writer = writers.get(id);
        if (writer != null && writer.live().reply().owner().equals(owner)) {
            return Optional.of(writer.live());
        }
        return stored.find(owner, id).map(entry -> new ReplyText.Ended(entry.reply(), entry.text()));
    }

    private static boolean isOrphan(ReplyText text) {
        return text instanceof ReplyText.Ended ended && ended.now().end().isEmpty();
    }

    /// For a reply that is stored as running while nobody seems to write it: it began or ended between the two looks, or its
    /// writer was lost, and then it ends now. While none is being started, that is certain.
    private Optional<ReplyText> lookAgain(String owner, String id) {
        starting.writeLock().lock();
        try {
            var found = look(owner, id);
            if (found.filter(RunningReplies::isOrphan).isEmpty()) {
                return found;
            }
            stored.giveUp(found.get().reply(), End.of(Status.INTERRUPTED));
            return look(owner, id);
        } finally {
            starting.writeLock().unlock();
        }
    }

    /// Cuts off all that run among these, those too that are being started.
    Collection<ReplyWriter> cut(Predicate<Reply> these, Status status) {
        starting.writeLock().lock();
        starting.writeLock().unlock();
        var cut = writers.values().stream().filter(writer -> these.test(writer.live().reply())).toList();
        cut.forEach(writer -> writer.cut(End.of(status)));
        return cut;
    }

    /// Waits until all of them have ended and are stored.
    static void awaitOver(Collection<ReplyWriter> writers, long millis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            for (var writer : writers) {
                writer.awaitOver(Math.max(0, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
