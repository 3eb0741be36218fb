package runnel.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    @Test
    void each_key_has_its_tries_and_then_waits_for_the_next() {
        var brake = new RateLimit(3, Duration.ofMinutes(1));
        for (int i = 0; i < 3; i++) {
            assertEquals(Optional.empty(), brake.take("a"));
        }
        var wait = brake.take("a").orElseThrow();
        assertTrue(wait.toSeconds() > 50 && wait.toSeconds() <= 60, wait::toString);
        assertEquals(Optional.empty(), brake.take("b"));
    }

    @Test
    void a_try_that_is_given_back_was_none() {
        var brake = new RateLimit(1, Duration.ofMinutes(1));
        for (int i = 0; i < 5; i++) {
            assertEquals(Optional.empty(), brake.take("a"));
            brake.release("a");
        }
    }

    @Test
    void a_key_that_keeps_trying_is_not_forgotten_in_a_flood_of_others() {
        var brake = new RateLimit(1, Duration.ofHours(1));
        brake.take("a");
        for (int i = 0; i < 60_000; i++) {
            brake.take("other " + i);
            if (i % 10_000 == 0) {
                assertTrue(brake.take("a").isPresent());
            }
        }
        assertTrue(brake.take("a").isPresent());
    }
}
