package runnel.reply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import runnel.chat.Slice;
import runnel.chat.Snapshot;
import runnel.store.Checkpoints;
import runnel.store.Checkpoints.Piece;
import runnel.store.StoreException;

/// Keeps the new text of all running replies, in one transaction each time round, away from the writers and readers.
/// With the commit itself a round stays under the 250 ms that a crash may cost.
final class Checkpointer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);
    private static final long PERIOD_MILLIS = 180;

    private final Map<LiveReply, Kept> running = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("checkpointer").factory());
    private final Checkpoints checkpoints;
    private volatile long newest;
    private long swept;
    private boolean failing;

    /// How far a reply is kept, and the newest checkpoint when it began: its own are newer.
    ///
    /// @param unnamed the reply's id, until a piece with its number has told it
    private record Kept(int number, Optional<String> unnamed, int reasoning, int content, long floor) {
        Kept upTo(Snapshot text) {
            return new Kept(number, Optional.empty(), text.reasoningLength(), text.contentLength(), floor);
        }
    }

    Checkpointer(Checkpoints checkpoints) {
        this.checkpoints = checkpoints;
        clock.scheduleWithFixedDelay(this::round, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    void add(LiveReply live) {
        var begun = live.now();
        running.put(live, new Kept(numbers.getAndIncrement(), Optional.of(live.reply().id()),
                begun.reasoningLength(), begun.contentLength(), newest));
    }

    void remove(LiveReply live) {
        running.remove(live);
    }

    private void round() {
        try {
            keepNew();
            sweep();
            failing = false;
        } catch (StoreException refused) {
            if (!failing) {
                LOG.error("Running replies cannot be kept for now; trying again until it works.", refused);
            }
            failing = true;
        } catch (RuntimeException unexpected) {
            LOG.error("A checkpoint failed.", unexpected); // the clock forgets a task that throws
        }
    }

    private void keepNew() {
        var pieces = new ArrayList<Piece>();
        var after = new ArrayList<Map.Entry<LiveReply, Kept>>();
        running.forEach((live, kept) -> {
            var text = live.now();
            if (text.contentLength() > kept.content || text.reasoningLength() > kept.reasoning) {
                addNew(pieces, kept, text);
                after.add(Map.entry(live, kept.upTo(text)));
            }
        });
        if (!pieces.isEmpty()) {
            newest = checkpoints.keep(pieces);
            after.forEach(entry -> running.replace(entry.getKey(), entry.getValue()));
        }
    }

    private static void addNew(List<Piece> pieces, Kept kept, Snapshot text) {
        if (text.reasoningLength() > kept.reasoning) {
            pieces.add(new Piece(kept.number, kept.unnamed, true, kept.reasoning,
                    new Slice(text.reasoning(), kept.reasoning, text.reasoningLength())));
        }
        if (text.contentLength() > kept.content) {
            pieces.add(new Piece(kept.number, kept.unnamed, false, kept.content,
                    new Slice(text.content(), kept.content, text.contentLength())));
        }
    }

    private void sweep() {
        long dead = running.values().stream().mapToLong(Kept::floor).min().orElse(newest);
        if (dead > swept) {
            checkpoints.sweep(dead);
            swept = dead;
        }
    }

    /// Returns when the last round is over, so that the database can be closed behind it.
    @Override
    public void close() {
        clock.close();
    }
}
