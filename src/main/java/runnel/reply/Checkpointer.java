package runnel.reply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("checkpointer").factory());
    private final Checkpoints checkpoints;
    private volatile long newest;
    private long swept;
    private boolean failing;

    /// How far a reply is kept, and the newest piece of all when it began: its own are newer.
    private record Kept(int reasoning, int content, long floor) {}

    Checkpointer(Checkpoints checkpoints) {
        this.checkpoints = checkpoints;
        clock.scheduleWithFixedDelay(this::round, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    void add(LiveReply live) {
        var begun = live.now();
        running.put(live, new Kept(begun.reasoningLength(), begun.contentLength(), newest));
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
                addNew(pieces, live.reply().id(), kept, text);
                after.add(Map.entry(live, new Kept(text.reasoningLength(), text.contentLength(), kept.floor)));
            }
        });
        if (!pieces.isEmpty()) {
            newest = checkpoints.keep(pieces);
            after.forEach(entry -> running.replace(entry.getKey(), entry.getValue()));
        }
    }

    private static void addNew(List<Piece> pieces, String reply, Kept kept, Snapshot text) {
        if (text.reasoningLength() > kept.reasoning) {
            pieces.add(new Piece(reply, true, kept.reasoning,
                    new Slice(text.reasoning(), kept.reasoning, text.reasoningLength()).toString()));
        }
        if (text.contentLength() > kept.content) {
            pieces.add(new Piece(reply, false, kept.content,
                    new Slice(text.content(), kept.content, text.contentLength()).toString()));
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
