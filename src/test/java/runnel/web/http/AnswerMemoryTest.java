package runnel.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import runnel.chat.Refused;

class AnswerMemoryTest {
    private static final long MEGABYTE = 1 << 20;
    private static final Supplier<Runnable> NOT_SLOW = () -> () -> {};

    private final AnswerMemory memory = new AnswerMemory(10 * MEGABYTE, Duration.ofMinutes(1));
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    private void write() {
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        now.decrementAndGet();
    }

    private int mostOf(int answers, long bytes) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var each : IntStream.range(0, answers).mapToObj(_ -> threads.submit(() -> memory.answer("ada", bytes, NOT_SLOW, this::write))).toList()) {
                each.get();
            }
        }
        return most.get();
    }

    @Test
    void of_forty_long_answers_at_once_as_many_are_written_as_there_is_room_for() throws Exception {
        assertTrue(mostOf(40, 3 * MEGABYTE) <= 3, most::toString);
    }

    @Test
    void one_that_is_longer_than_all_the_room_has_it_alone() throws Exception {
        assertEquals(1, mostOf(10, 100 * MEGABYTE));
    }

    @Test
    void a_short_one_does_not_wait_and_a_long_one_is_refused_when_it_has_waited_long_enough() throws Exception {
        var impatient = new AnswerMemory(10 * MEGABYTE, Duration.ofMillis(50));
        var entered = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        var first = Thread.startVirtualThread(() -> impatient.answer("ada", 10 * MEGABYTE, NOT_SLOW, () -> {
            entered.countDown();
            try {
                leave.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }));
        entered.await();
        impatient.answer("ada", 1_000, NOT_SLOW, this::write);
        assertEquals(503, assertThrows(Refused.class, () -> impatient.answer("ada", 2 * MEGABYTE, NOT_SLOW, this::write)).problem().status());
        assertEquals(1, most.get());
        leave.countDown();
        first.join();
        impatient.answer("ada", 2 * MEGABYTE, NOT_SLOW, this::write);
    }

    @Test
    void room_comes_back_from_an_answer_that_fails() throws Exception {
        assertThrows(IllegalStateException.class, () -> memory.answer("ada", 10 * MEGABYTE, NOT_SLOW, () -> {
            throw new IllegalStateException();
        }));
        assertEquals(1, mostOf(1, 10 * MEGABYTE));
    }

    private Thread holding(String client, CountDownLatch leave) throws InterruptedException {
        var entered = new CountDownLatch(1);
        var thread = Thread.startVirtualThread(() -> memory.answer(client, 2 * MEGABYTE, () -> leave::countDown, () -> {
            entered.countDown();
            await(leave);
        }));
        entered.await();
        return thread;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void those_who_wait_for_others_of_their_own_keep_nobody_else_out() throws Exception {
        var leave = new CountDownLatch(1);
        var first = Thread.startVirtualThread(() -> memory.answer("eve", 2 * MEGABYTE, NOT_SLOW, () -> await(leave)));
        while (first.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        var more = IntStream.range(0, 20).mapToObj(_ -> Thread.startVirtualThread(
                () -> memory.answer("eve", 2 * MEGABYTE, NOT_SLOW, this::write))).toList();
        memory.answer("ada", 8 * MEGABYTE, NOT_SLOW, () -> assertEquals(0, most.get()));
        leave.countDown();
        for (var each : more) {
            each.join();
        }
        assertEquals(1, most.get());
    }

    @Test
    void an_answer_is_not_slow_while_it_waits_for_its_room() throws Exception {
        var leave = new CountDownLatch(1);
        holding("ada", leave);
        var begun = new AtomicInteger();
        var second = Thread.startVirtualThread(() -> memory.answer("ada", 2 * MEGABYTE, () -> {
            assertEquals(0, leave.getCount());
            begun.incrementAndGet();
            return () -> {};
        }, this::write));
        second.join();
        assertEquals(1, begun.get());
    }

    @Test
    void whoever_waits_has_those_looked_at_who_take_theirs_slowly() throws Exception {
        for (int i = 0; i < 5; i++) {
            holding("eve" + i, new CountDownLatch(1));
        }
        memory.answer("ada", 8 * MEGABYTE, NOT_SLOW, this::write);
        assertEquals(1, most.get());
    }
}
