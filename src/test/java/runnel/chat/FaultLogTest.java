package runnel.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import runnel.Overheard;

class FaultLogTest {
    private final AtomicLong clock = new AtomicLong();

    private static long entries(String text) {
        return text.lines().filter(line -> line.contains("It failed.")).count();
    }

    private static Throwable deep(int frames) {
        return frames == 0 ? new IllegalStateException("x".repeat(100_000), new IllegalArgumentException("y".repeat(100_000))) : deep(frames - 1);
    }

    @Test
    void each_kind_is_written_once_a_minute_with_how_many_were_left_out_and_never_at_length() {
        try (var log = new Overheard()) {
            var faults = new FaultLog(LoggerFactory.getLogger(FaultLogTest.class)::error, clock::get);
            for (int i = 0; i < 1_000; i++) {
                faults.tell("It failed.", deep(500));
            }
            assertEquals(1, entries(log.text()));
            faults.tell("It failed.", new UnsupportedOperationException());
            assertEquals(2, entries(log.text()));
            clock.addAndGet(TimeUnit.SECONDS.toNanos(61));
            faults.tell("It failed.", deep(500));
            assertTrue(log.text().contains("It failed. (999 more like it since the last entry)"), log::text);
            assertTrue(log.text().length() < 20_000, () -> "the log has grown to " + log.text().length());
        }
    }
}
