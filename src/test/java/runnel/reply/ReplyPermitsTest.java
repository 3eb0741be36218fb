package runnel.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import runnel.chat.Parent;
import runnel.chat.Refused;
import runnel.chat.Sampling;
import runnel.store.StoreException;
import runnel.store.reply.NewPrompt;
import runnel.upstream.openai.Scenarios;

/// A limit that many come up against at the same time.
class ReplyPermitsTest extends RepliesTest {
    private static NewPrompt from(String owner) {
        return new NewPrompt(owner, Optional.empty(), "", Optional.empty(), new Parent.Newest(), "hello", Optional.empty(), Optional.empty(), List.of());
    }

    /// What became of each prompt: empty where it was taken, else the problem's code.
    private List<String> atOnce(int prompts, NewPrompt prompt) throws InterruptedException {
        Callable<String> ask = () -> {
            try {
                replies.start(prompt, Sampling.DEFAULT);
                return "";
            } catch (Refused refused) {
                return refused.problem().code();
            }
        };
        var codes = new ArrayList<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.invokeAll(IntStream.range(0, prompts).mapToObj(_ -> ask).toList()).forEach(each -> codes.add(each.resultNow()));
        }
        return codes;
    }

    private static long taken(List<String> codes) {
        return codes.stream().filter(String::isEmpty).count();
    }

    private void limit(int max, int maxPerUser) {
        replies.close();
        replies = replies(max, maxPerUser);
        IntStream.range(0, 100).forEach(_ -> model.next(Scenarios.mute()));
    }

    @Test
    void of_forty_prompts_that_come_at_once_as_many_are_taken_as_may_run() throws Exception {
        limit(3, 3);
        var codes = atOnce(40, from("me"));

        assertEquals(3, taken(codes));
        assertEquals(37, codes.stream().filter("too-many-replies"::equals).count());
        assertEquals(3, replies.running());
        assertEquals(3L, database.<Long>read(sql -> sql.number("select count(*) from chat")), "no prompt of the others was written");
    }

    @Test
    void one_person_takes_a_share_and_leaves_the_rest_to_others() throws Exception {
        limit(10, 4);

        assertEquals(4, taken(atOnce(40, from("me"))));
        assertTrue(atOnce(5, from("me")).stream().allMatch("too-many-replies-of-yours"::equals));
        assertEquals(4, taken(atOnce(40, from("you"))));
        assertEquals(2, taken(atOnce(40, from("somebody"))));
    }

    @Test
    void what_was_not_started_or_has_ended_makes_room_again() throws Exception {
        limit(3, 3);
        for (int i = 0; i < 5; i++) {
            database.fill();
            assertThrows(StoreException.class, () -> start("no room"));
            database.fail(() -> new OutOfMemoryError("a test"));
            assertThrows(OutOfMemoryError.class, () -> start("no memory"));
            database.empty();
            assertThrows(Refused.class, () -> replies.regenerate("me", "none", Optional.empty(), Sampling.Change.NONE));
            assertEquals(3, taken(atOnce(40, from("me"))));
            replies.stopAll(_ -> true);
        }
    }

    @Test
    void when_the_server_stops_no_reply_begins_behind_its_back() throws Exception {
        limit(50, 50);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asking = threads.submit(() -> atOnce(200, from("me")));
            replies.finish(0);
            assertEquals(0, replies.running());
            asking.get();
        }
        assertEquals(0, replies.running());
        assertEquals(0L, database.<Long>read(sql -> sql.number("select count(*) from message where status = 'streaming'")));
    }
}
