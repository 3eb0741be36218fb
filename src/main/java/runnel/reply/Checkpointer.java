package runnel.reply;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;
import runnel.chat.Clock;
import runnel.chat.FaultLog;
import runnel.chat.Slice;
import runnel.chat.Snapshot;
import runnel.store.reply.Checkpoints;
import runnel.store.reply.Checkpoints.Piece;

/// Keeps the new text of all running replies, in one transaction each time round, away from the writers and readers.
/// With the commit itself a round stays under the 250 ms that a crash may cost.
final class Checkpointer implements AutoCloseable {
    private static final FaultLog FAULTS = new FaultLog(LoggerFactory.getLogger(Checkpointer.class)::error);
    private static final Duration PERIOD = Duration.ofMillis(180);

    private final Map<LiveReply, Kept> running = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Clock clock = new Clock("checkpointer", FAULTS);
    private final Checkpoints checkpoints;
    private volatile long newest;
    private volatile boolean oneHasEnded;
    private long swept;
    private boolean failing;

    /// A running reply, and how far it is kept.
    private final class Kept {
        private final LiveReply live;
        private final int number = numbers.getAndIncrement();
        /// The newest checkpoint when it began: its own are newer.
        private final long floor = newest;
        /// The reply's id, until a piece with its number has told it.
        private Optional<String> unnamed;
        private Snapshot text;

        private Kept(LiveReply live) {
            this.live = live;
            unnamed = Optional.of(live.reply().id());
            text = live.now();
        }

        private void addNew(List<Piece> pieces, Snapshot now) {
            int from = text.length();
            for (int run = now.runs().at(from); from < now.length(); from = now.end(run++)) {
                pieces.add(new Piece(number, unnamed, now.runs().start(run) == from ? Optional.of(now.runs().kind(run)) : Optional.empty(),
                        from, new Slice(now.bytes(), from, now.end(run))));
            }
        }

        private void upTo(Snapshot now) {
            unnamed = Optional.empty();
            text = now;
        }
    }

    Checkpointer(Checkpoints checkpoints) {
        this.checkpoints = checkpoints;
        clock.every(PERIOD, this::round);
    }

    /// Keeps what is appended from now on.
    void add(LiveReply live) {
        running.put(live, new Kept(live));
    }

    void remove(LiveReply live) {
        if (running.remove(live) != null) {
            oneHasEnded = true;
        }
    }

    /// What could not be kept is taken up by the next round.
    private void round() {
        try {
            keepNew();
            sweep();
            failing = false;
        } catch (RuntimeException | Error refused) {
            failing = true;
            FAULTS.tell("Running replies cannot be kept for now; trying again until it works.", refused);
        }
    }

    private void keepNew() {
        var pieces = new ArrayList<Piece>();
        var taken = new HashMap<Kept, Snapshot>();
        for (var kept : running.values()) {
            var now = kept.live.now();
            if (now != kept.text) {
                kept.addNew(pieces, now);
                taken.put(kept, now);
            }
        }
        if (!pieces.isEmpty()) {
            newest = checkpoints.keep(pieces);
            taken.forEach(Kept::upTo);
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

    @Override
    public void close() {
        clock.close();
    }
}
