package runnel.reply;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import runnel.chat.KeyedLimit;
import runnel.chat.Problem;
import runnel.chat.Refused;

/// How many replies may run at once, in all and of one person. A permit is taken before anything is written, and goes back when
/// the reply has ended, or was not started after all.
final class ReplyPermits {
    private final Semaphore all;
    private final KeyedLimit users;
    private final int max;
    private final int maxPerUser;
    private volatile boolean closed;

    ReplyPermits(int max, int maxPerUser) {
        this.max = max;
        this.maxPerUser = maxPerUser;
        this.all = new Semaphore(max);
        this.users = new KeyedLimit(maxPerUser);
    }

    /// Once closed it does nothing more.
    interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    /// @return as many as are wanted
    /// @throws Refused where fewer are left, or none are given any more; none is taken then
    Queue<Permit> take(String user, int wanted) {
        if (!all.tryAcquire(wanted)) {
            throw closed ? new Refused(Problem.STOPPING) : new Refused("too-many-replies", 503, "Too many replies",
                    "As many replies are running as the server takes. Try again in a moment.");
        }
        if (closed) { // only now, so that whoever has closed it finds all of them back
            all.release(wanted);
            throw new Refused(Problem.STOPPING);
        }
        if (!users.take(user, wanted)) {
            all.release(wanted);
            throw new Refused("too-many-replies-of-yours", 429, "Too many replies of yours",
                    "At most %d replies of one person may run at once. Try again when one of yours has ended."
                            .formatted(maxPerUser));
        }
        return Stream.generate(() -> permit(user)).limit(wanted).collect(Collectors.toCollection(ArrayDeque::new));
    }

    private Permit permit(String user) {
        var given = new AtomicBoolean(true);
        return () -> {
            if (given.getAndSet(false)) {
                users.release(user);
                all.release();
            }
        };
    }

    /// Gives no more.
    void close() {
        closed = true;
    }

    boolean closed() {
        return closed;
    }

    /// Waits until all are back.
    void awaitAll(long millis) {
        try {
            if (all.tryAcquire(max, millis, TimeUnit.MILLISECONDS)) {
                all.release(max);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
