package runnel.reply;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import runnel.chat.Problem;
import runnel.chat.Refused;

/// How many replies may run at once, in all and of one person. A permit is taken before anything is written, and goes back when
/// the reply has ended, or was not started after all.
final class ReplyPermits {
    private final Map<String, Integer> takenBy = new HashMap<>();
    private final int max;
    private final int maxPerUser;
    private int taken;
    private boolean closed;

    ReplyPermits(int max, int maxPerUser) {
        this.max = max;
        this.maxPerUser = maxPerUser;
    }

    /// Once closed it does nothing more.
    interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    /// @return as many as are wanted
    /// @throws Refused where fewer are left, or none are given any more; none is taken then
    synchronized Queue<Permit> take(String user, int wanted) {
        if (closed) {
            throw new Refused(Problem.STOPPING);
        }
        if (taken + wanted > max) {
            throw new Refused("too-many-replies", 503, "Too many replies",
                    "As many replies are running as the server takes. Try again in a moment.");
        }
        if (takenBy.getOrDefault(user, 0) + wanted > maxPerUser) {
            throw new Refused("too-many-replies-of-yours", 429, "Too many replies of yours",
                    "At most %d replies of one person may run at once. Try again when one of yours has ended."
                            .formatted(maxPerUser));
        }
        takenBy.merge(user, wanted, Integer::sum);
        taken += wanted;
        return Stream.generate(() -> permit(user)).limit(wanted).collect(Collectors.toCollection(ArrayDeque::new));
    }

    private Permit permit(String user) {
        var given = new AtomicBoolean(true);
        return () -> {
            if (given.getAndSet(false)) {
                giveBack(user);
            }
        };
    }

    private synchronized void giveBack(String user) {
        taken--;
        takenBy.computeIfPresent(user, (_, count) -> count > 1 ? count - 1 : null);
        notifyAll();
    }

    /// Gives no more.
    synchronized void close() {
        closed = true;
    }

    synchronized boolean closed() {
        return closed;
    }

    /// Waits until all are back.
    synchronized void awaitAll(long millis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            for (long left = deadline - System.nanoTime(); taken > 0 && left > 0; left = deadline - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
