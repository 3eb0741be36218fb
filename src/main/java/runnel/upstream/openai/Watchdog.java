package runnel.upstream.openai;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Acts when something has taken too long. One thread watches every call, because OkHttp's own read timeout, renewed with
/// each read, costs more per token than all the rest of reading it.
final class Watchdog implements AutoCloseable {
    private final ScheduledThreadPoolExecutor timer;

    Watchdog() {
        timer = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("upstream-watchdog").factory());
        timer.setRemoveOnCancelPolicy(true);
        timer.scheduleWithFixedDelay(() -> {}, 1, 1, TimeUnit.SECONDS); // the thread is woken for what is due first only
    }

    /// Runs `act` once `delay` is over, unless that is cancelled first.
    Future<?> after(Duration delay, Runnable act) {
        return timer.schedule(act, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
