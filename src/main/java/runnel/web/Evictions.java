package runnel.web;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import runnel.store.Database;
import runnel.store.Passes;
import runnel.store.Revocations;

/// Shuts out readers of open streams whose session or token has ended, whichever process ended it: looks once a second
/// whether anything was revoked, while somebody reads.
final class Evictions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Evictions.class);
    private static final long EVERY_MILLIS = 1_000;
    /// Not only once, since a reader may have been let in just before the change, and sat down just after the look.
    private static final int LOOKS = 3;

    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("evictions").factory());
    private final Streams streams;
    private final Revocations revocations;
    private final Passes passes;
    private long seen = -1;
    private int looks;

    Evictions(Streams streams, Database database) {
        this.streams = streams;
        this.revocations = new Revocations(database);
        this.passes = new Passes(database);
        clock.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            var readers = streams.passes();
            if (readers.isEmpty()) {
                return;
            }
            long now = System.currentTimeMillis();
            long number = revocations.number();
            if (number != seen) {
                looks = LOOKS;
            }
            if (looks-- > 0 || readers.stream().anyMatch(pass -> pass.ends().orElse(Long.MAX_VALUE) <= now)) {
                passes.over(readers).forEach(streams::evict);
                seen = number; // only now, so that a failure looks again
            }
        } catch (RuntimeException unexpected) {
            LOG.warn("Nobody knows now who was shut out; trying again.", unexpected); // the clock forgets a task that throws
        }
    }

    @Override
    public void close() {
        clock.shutdown();
    }
}
