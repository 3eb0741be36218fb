package runnel.chat;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import runnel.faults.Eventually;

class ClockTest {
    @Test
    void what_runs_when_it_is_closed_is_waited_for_but_not_by_itself() throws Exception {
        var begun = new CountDownLatch(1);
        var done = new AtomicBoolean();
        var clock = new Clock("test", new FaultLog(System.err::println));
        clock.after(Duration.ZERO, () -> {
            begun.countDown();
            Eventually.sleep(200);
            done.set(true);
        });
        assertTrue(begun.await(10, TimeUnit.SECONDS));
        clock.close();
        assertTrue(done.get());

        var closed = new CountDownLatch(1);
        var other = new Clock("test", new FaultLog(System.err::println));
        other.after(Duration.ZERO, () -> {
            other.close();
            closed.countDown();
        });
        assertTrue(closed.await(10, TimeUnit.SECONDS));
    }
}
