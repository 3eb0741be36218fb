package runnel.reply;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import runnel.chat.End;
import runnel.chat.Reply;
import runnel.chat.Status;
import runnel.store.reply.StoredReplies;

/// The replies that are being written, by their ids, and all others behind them.
final class RunningReplies {
    private final Map<String, ReplyWriter> writers = new ConcurrentHashMap<>();
    /// The starts that are under way, from before a reply is in the database until it has its writer.
    private final Set<CompletableFuture<Void>> starts = ConcurrentHashMap.newKeySet();
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
        var underWay = new CompletableFuture<Void>();
        starts.add(underWay);
        try {
            return start.get();
        } finally {
            starts.remove(underWay);
            underWay.complete(null);
        }
    }

    /// When all that are under way now are over; one that begins meanwhile neither waits nor is waited for.
    private CompletableFuture<Void> startsOver() {
        return CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new));
    }

    /// The reply's text, live while it runs.
    Optional<ReplyText> find(String owner, String id) {
        var found = look(owner, id);
        return found.filter(RunningReplies::isOrphan).isPresent() ? lookAgain(found.get()) : found;
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
    /// writer was lost, and then it ends now. It is certain when all are over that were being started, and it did not end and go on since.
    private Optional<ReplyText> lookAgain(ReplyText first) {
        var reply = first.reply();
        startsOver().join();
        synchronized (this) {
            var found = look(reply.owner(), reply.id());
            if (found.filter(RunningReplies::isOrphan).isEmpty()) {
                return found;
            }
            if (found.get().now().stops() == first.now().stops()) {
                stored.giveUp(reply, End.of(Status.INTERRUPTED));
            }
        }
        return find(reply.owner(), reply.id());
    }

    /// Cuts off all among these that have their writers.
    Set<ReplyWriter> cut(Predicate<Reply> these, Status status) {
        var cut = writers.values().stream().filter(writer -> these.test(writer.live().reply())).collect(Collectors.toSet());
        cut.forEach(writer -> writer.cut(End.of(status)));
        return cut;
    }

    /// Cuts off all that run among these, at once, and those that are being started; waits so long until they have ended.
    void stop(Predicate<Reply> these, long millis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        var cut = cut(these, Status.STOPPED);
        startsOver().completeOnTimeout(null, millis, TimeUnit.MILLISECONDS).join();
        cut.addAll(cut(these, Status.STOPPED));
        awaitOver(cut, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
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
