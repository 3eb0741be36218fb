package runnel.chat;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// A thread that does short things in their time, and goes on whatever one of them throws: the executor under it forgets a task
/// that has thrown anything, without a word.
public final class Clock implements AutoCloseable {
    /// How long what runs when it is closed is waited for.
    private static final long CLOSE_SECONDS = 2;

    private final FaultLog faults;
    private final ScheduledThreadPoolExecutor thread;

    /// @param faults is told what was thrown
    public Clock(String name, FaultLog faults) {
        this.faults = faults;
        thread = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /// Does it again and again, at first after one pause.
    public void every(Duration pause, Runnable act) {
        every(pause, pause, act);
    }

    /// Does it at once, and then again and again.
    public void nowAndEvery(Duration pause, Runnable act) {
        every(Duration.ZERO, pause, act);
    }

    private void every(Duration first, Duration pause, Runnable act) {
        thread.scheduleWithFixedDelay(() -> faults.guard(act), first.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Does it once, unless the clock was stopped before.
    public Future<?> after(Duration delay, Runnable act) {
        return thread.schedule(() -> faults.guard(act), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Begins nothing more, and waits a moment for what runs. Not for use by an act of its own.
    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
