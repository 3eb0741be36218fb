package runnel.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import runnel.chat.Problem;
import runnel.chat.Sampling;
import runnel.chat.Status;
import runnel.upstream.openai.Scenario;
import runnel.upstream.openai.Scenarios;

/// The memory that long replies share.
class TextMemoryTest extends RepliesTest {
    private static final int SIZE = 4 << 20;
    private static final int STEP = 64 << 10;
    private static final Scenario FLOOD = wire -> {
        wire.stream();
        while (!wire.asked().isHungUp()) {
            wire.delta("flood ".repeat(1_000));
        }
    };

    private final TextMemory memory = new TextMemory(SIZE);

    private void bounded() {
        replies.close();
        replies = new Replies(database, upstream, "You are a test",
                new ReplyDefaults(Optional.of("scripted"), Optional.empty(), Sampling.DEFAULT, 100, 100), memory);
    }

    @Test
    void floods_end_before_the_memory_does_and_ordinary_replies_beside_them_come_whole() {
        bounded();
        model.next(Collections.nCopies(6, FLOOD).toArray(Scenario[]::new));
        var floods = IntStream.range(0, 6).mapToObj(_ -> start("flood")).toList();
        while (model.questions().size() < 6) {
            Thread.onSpinWait();
        }
        var ordinary = IntStream.range(0, 10).mapToObj(_ -> start("hello")).toList();
        ordinary.forEach(reply -> assertEquals(Status.COMPLETE, stored(reply).end().orElseThrow().status()));
        for (var flood : floods) {
            var text = stored(flood);
            assertEquals(Optional.of("reply-too-long"), text.end().flatMap(end -> end.error()).map(Problem::code));
            assertTrue(text.length() > TextMemory.FREE && text.length() < SIZE / 2);
            assertTrue("flood ".repeat(text.length() / 6).equals(text.contentText()), "without a gap");
        }
        assertEquals(SIZE, memory.left());
    }

    @Test
    void a_reply_that_found_no_room_goes_on_when_others_have_ended() {
        bounded();
        var other = memory.share();
        assertTrue(other.grow(SIZE / 2));
        model.next(FLOOD, Scenarios.deltas("the end"));
        var flood = start("flood");
        int first = stored(flood).length();
        other.close();
        var whole = stored(replies.resume("me", flood.reply()));

        assertEquals(Status.COMPLETE, whole.end().orElseThrow().status());
        assertEquals(first + "the end".length(), whole.length());
    }

    @Test
    void one_for_which_there_is_no_room_at_all_does_not_ask_its_model() {
        bounded();
        model.next(FLOOD, Scenarios.deltas("too much"));
        var flood = start("flood");
        stored(flood);
        assertTrue(memory.share().grow(SIZE / 2));
        var again = stored(replies.resume("me", flood.reply()));

        assertEquals(Status.FAILED, again.end().orElseThrow().status());
        assertEquals(1, model.questions().size());
    }

    @Test
    void a_whole_answer_that_does_not_fit_is_not_complete() {
        bounded();
        model.next(Scenarios.notStreamed("long ".repeat(SIZE / 5)));
        assertEquals(Status.FAILED, stored(start("hello")).end().orElseThrow().status());
    }

    @Test
    void what_is_still_read_is_still_in_memory() {
        bounded();
        model.next(FLOOD);
        var flood = start("flood");
        var text = find(flood);
        Runnable reader = () -> {};
        text.listen(reader);
        stored(flood);
        assertTrue(memory.left() < SIZE);
        text.leave(reader);
        assertEquals(SIZE, memory.left());
    }

    @Test
    void of_many_that_take_at_once_none_takes_the_last() throws Exception {
        var shares = IntStream.range(0, 10).mapToObj(_ -> memory.share()).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            shares.forEach(share -> threads.submit(() -> {
                for (long bytes = 1_000; share.grow(bytes); bytes += 1_000) {
                    Thread.yield();
                }
            }));
        }
        assertTrue(memory.left() >= STEP && memory.left() < SIZE / 2, () -> memory.left() + " are left");
        shares.forEach(share -> assertFalse(share.grow(0), "once refused, always refused"));
        shares.forEach(TextMemory.Share::close);
        assertEquals(SIZE, memory.left());
    }
}
