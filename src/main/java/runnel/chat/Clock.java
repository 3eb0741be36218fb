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
    private volatile Thread own;

    /// @param faults is told what was thrown
    public Clock(String name, FaultLog faults) {
        this.faults = faults;
        thread = new ScheduledThreadPoolExecutor(1, task -> own = Thread.ofPlatform().daemon().name(name).unstarted(task));
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

    /// Begins nothing more, and waits a moment for what runs.
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (Thread.currentThread() != own) {
                thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
