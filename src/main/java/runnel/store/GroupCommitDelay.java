package runnel.store;

import java.util.concurrent.TimeUnit;

/// Says how long a commit should wait for company. A commit writes whole pages, however little of each is new; so where hundreds of
/// writes come in a second, those of twenty milliseconds share one. Where fewer come nobody waits.
final class GroupCommitDelay {
    private static final double BUSY_PER_SECOND = 250;
    private static final long APART_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final double MEMORY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /// Writes of late, the older the less they count.
    private double recent;
    private long counted;
    private long committed;

    /// @param now when there is something to write, by `System.nanoTime`
    /// @return for how many nanoseconds the commit should wait
    long pause(long now) {
        fade(now);
        boolean busy = recent * TimeUnit.SECONDS.toNanos(1) > BUSY_PER_SECOND * MEMORY_NANOS;
        return busy ? Math.clamp(committed + APART_NANOS - now, 0, APART_NANOS) : 0;
    }

    /// @param now    when the commit of so many writes begins
    void committing(int writes, long now) {
        fade(now);
        recent += writes;
        committed = now;
    }

    private void fade(long now) {
        if (recent > 0) {
            recent *= Math.exp((counted - now) / MEMORY_NANOS);
        }
        counted = now;
    }
}
