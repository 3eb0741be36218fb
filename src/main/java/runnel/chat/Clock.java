package runnel.chat;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// A thread that does short things in their time, and goes on whatever one of them throws: the executor under it forgets a task
/// that has thrown anything, without a word.
public final class Clock implements AutoCloseable {
    private final ScheduledThreadPoolExecutor thread;
    private final FaultLog faults;

    /// @param faults is told what they throw
    public Clock(String name, FaultLog faults) {
        this.faults = faults;
        thread = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /// Does it again and again, at first after one pause.
    public void every(Duration pause, Runnable act) {
        thread.scheduleWithFixedDelay(() -> faults.guard(act), pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Does it at once, and then again and again.
    public void nowAndEvery(Duration pause, Runnable act) {
        after(Duration.ZERO, act);
        every(pause, act);
    }

    /// Does it once, unless the clock was stopped before.
    public Future<?> after(Duration delay, Runnable act) {
        return thread.schedule(() -> faults.guard(act), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
