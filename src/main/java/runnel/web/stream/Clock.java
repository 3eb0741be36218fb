package runnel.web.stream;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import runnel.chat.FaultLog;

/// A thread that does short things in their time, and goes on whatever one of them throws: the executor under it forgets a task
/// that has thrown anything, without a word.
final class Clock implements AutoCloseable {
    private static final FaultLog FAULTS = new FaultLog(LoggerFactory.getLogger(Clock.class)::error);

    private final ScheduledThreadPoolExecutor thread;

    Clock(String name) {
        thread = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void every(long millis, Runnable act) {
        thread.scheduleWithFixedDelay(() -> guarded(act), millis, millis, TimeUnit.MILLISECONDS);
    }

    /// Does it once, unless the clock was stopped before.
    Future<?> after(Duration delay, Runnable act) {
        return thread.schedule(() -> guarded(act), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// An `Error` too ends nothing but the act that threw it.
    static void guarded(Runnable act) {
        try {
            act.run();
        } catch (RuntimeException | Error fault) {
            try {
                FAULTS.tell("Something that is done again and again failed this time.", fault);
            } catch (RuntimeException | Error noRoom) {
                // then the log has no room for it either
            }
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
