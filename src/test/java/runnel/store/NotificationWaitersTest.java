package runnel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NotificationWaitersTest {
    @Test
    void who_cannot_be_woken_keeps_nobody_else_from_waking() {
        var waiters = new NotificationWaiters();
        var woken = new AtomicInteger();
        for (int i = 0; i < 20; i++) {
            boolean throwing = i % 2 == 0;
            waiters.listen("me", () -> {
                if (throwing) {
                    throw new AssertionError("a fault of a reader's");
                }
                woken.incrementAndGet();
            });
        }

        waiters.ring("me");
        assertEquals(10, woken.get());
        waiters.ringAll();
        assertEquals(20, woken.get());
    }
}
