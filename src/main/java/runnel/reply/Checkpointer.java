package runnel.reply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
    /// Those that have new text.
    private final Queue<Kept> due = new ConcurrentLinkedQueue<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("checkpointer").factory());
    private final Checkpoints checkpoints;
    private volatile long newest;
    private volatile boolean oneHasEnded;
    private long swept;
    private boolean failing;

    /// A running reply, and how far it is kept.
    private final class Kept implements Runnable {
        private final LiveReply live;
        private final int number = numbers.getAndIncrement();
        /// The newest checkpoint when it began: its own are newer.
        private final long floor = newest;
        private final AtomicBoolean waits = new AtomicBoolean();
        private volatile boolean over;
        /// The reply's id, until a piece with its number has told it.
        private Optional<String> unnamed;
        private int reasoning;
        private int content;

        private Kept(LiveReply live) {
            var begun = live.now();
            this.live = live;
            unnamed = Optional.of(live.reply().id());
            reasoning = begun.reasoningLength();
            content = begun.contentLength();
        }

        /// Says that there is new text, on the writer's thread; the first time since the last round.
        @Override
        public void run() {
            if (!waits.get() && waits.compareAndSet(false, true)) {
                due.add(this);
            }
        }

        private void upTo(Snapshot text) {
            unnamed = Optional.empty();
            reasoning = text.reasoningLength();
            content = text.contentLength();
        }
    }

    private record Taken(Kept from, Snapshot text) {}

    Checkpointer(Checkpoints checkpoints) {
        this.checkpoints = checkpoints;
        clock.scheduleWithFixedDelay(this::round, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// Keeps what is appended from now on.
    void add(LiveReply live) {
        var kept = new Kept(live);
        running.put(live, kept);
        live.listen(kept);
    }

    void remove(LiveReply live) {
        var kept = running.remove(live);
        if (kept != null) {
            kept.over = true;
            live.leave(kept);
            oneHasEnded = true;
        }
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
        var taken = take();
        var pieces = new ArrayList<Piece>();
        taken.forEach(each -> addNew(pieces, each));
        if (pieces.isEmpty()) {
            return;
        }
        try {
            newest = checkpoints.keep(pieces);
        } catch (RuntimeException refused) {
            taken.forEach(each -> each.from.run());
            throw refused;
        }
        taken.forEach(each -> each.from.upTo(each.text));
    }

    private List<Taken> take() {
        var waiting = new ArrayList<Kept>();
        for (var kept = due.poll(); kept != null; kept = due.poll()) {
            if (!kept.over) {
                waiting.add(kept);
            }
        }
        return waiting.stream().map(kept -> {
            kept.waits.set(false); // before the text is looked at
            return new Taken(kept, kept.live.now());
        }).toList();
    }

    private static void addNew(List<Piece> pieces, Taken taken) {
        var kept = taken.from;
        var text = taken.text;
        if (text.reasoningLength() > kept.reasoning) {
            pieces.add(new Piece(kept.number, kept.unnamed, true, kept.reasoning,
                    new Slice(text.reasoning(), kept.reasoning, text.reasoningLength())));
        }
        if (text.contentLength() > kept.content) {
            pieces.add(new Piece(kept.number, kept.unnamed, false, kept.content,
                    new Slice(text.content(), kept.content, text.contentLength())));
        }
    }

    /// Drops what only replies have needed that have ended.
    private void sweep() {
        if (!oneHasEnded && !failing) {
            return;
        }
        oneHasEnded = false;
        long dead = running.values().stream().mapToLong(kept -> kept.floor).min().orElse(newest);
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
