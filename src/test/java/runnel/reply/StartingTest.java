package runnel.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import runnel.chat.Refused;
import runnel.chat.Sampling;
import runnel.chat.Status;
import runnel.store.StoreException;
import runnel.store.reply.AcceptedPrompt;
import runnel.upstream.openai.Scenarios;

class StartingTest extends RepliesTest {
    private <T> List<Future<T>> fiftyAtOnce(Callable<T> act) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var go = new CountDownLatch(1);
            var all = new ArrayList<Future<T>>();
            for (int i = 0; i < 50; i++) {
                all.add(threads.submit(() -> {
                    go.await();
                    return act.call();
                }));
            }
            go.countDown();
            return all;
        }
    }

    @Test
    void a_prompt_becomes_a_stored_reply() {
        var started = start("hello");
        var text = stored(started);

        assertEquals("word0 word1 word2 ", text.contentText());
        assertEquals(Status.COMPLETE, text.end().orElseThrow().status());
        assertEquals(10, text.end().orElseThrow().usage().orElseThrow().totalTokens());
    }

    @Test
    void fifty_equal_sends_are_one_question_with_the_same_ids() throws Exception {
        var script = model.script();
        var ids = new HashSet<String>();
        int fresh = 0;
        for (var send : fiftyAtOnce(() -> replies.start(sentAs("id", "print", "hello"), Sampling.DEFAULT))) {
            ids.add(send.get().chat() + send.get().message() + send.get().reply());
            fresh += send.get().fresh() ? 1 : 0;
        }
        script.awaitAsked();
        script.finish();

        assertEquals(1, ids.size());
        assertEquals(1, fresh);
        assertEquals(1, model.questions().size());
    }

    @Test
    void an_equal_send_is_known_after_the_reply_has_ended_and_after_a_restart() {
        var first = replies.start(sentAs("id", "print", "hello"), Sampling.DEFAULT);
        stored(first);
        assertEquals(first.reply(), replies.start(sentAs("id", "print", "hello"), Sampling.DEFAULT).reply());
        restart();
        var again = replies.start(sentAs("id", "print", "hello"), Sampling.DEFAULT);

        assertEquals(first.reply(), again.reply());
        assertFalse(again.fresh());
        assertEquals(1, model.questions().size());
    }

    @Test
    void another_send_under_the_same_id_is_a_conflict_also_after_a_restart() {
        stored(replies.start(sentAs("id", "print", "hello"), Sampling.DEFAULT));
        assertEquals(409, refused(() -> replies.start(sentAs("id", "other", "bye"), Sampling.DEFAULT)).problem().status());
        restart();
        assertEquals(409, refused(() -> replies.start(sentAs("id", "other", "bye"), Sampling.DEFAULT)).problem().status());
    }

    @Test
    void of_fifty_prompts_at_once_in_a_chat_one_is_answered_and_the_others_hear_which() throws Exception {
        var chat = start("hello");
        stored(chat);
        var script = model.script();
        var started = new ArrayList<AcceptedPrompt>();
        var named = new HashSet<Object>();
        for (var send : fiftyAtOnce(() -> replies.start(in(chat.chat(), "more"), Sampling.DEFAULT))) {
            try {
                started.add(send.get());
            } catch (ExecutionException conflict) {
                var refused = (Refused) conflict.getCause();
                assertEquals(409, refused.problem().status());
                named.add(refused.members().get("reply"));
            }
        }
        script.awaitAsked();
        script.finish();

        assertEquals(1, started.size());
        assertEquals(java.util.Set.of(started.getFirst().reply()), named);
        assertEquals(2, model.questions().size());
    }

    @Test
    void a_full_disk_refuses_the_prompt_before_the_model_is_asked() {
        database.fill();
        assertThrows(StoreException.class, () -> start("hello"));
        database.empty();
        stored(start("hello"));
        assertEquals(1, model.questions().size());
    }

    @Test
    void a_server_that_is_full_refuses_before_the_model_is_asked() {
        for (int i = 0; i < 100; i++) {
            model.next(Scenarios.mute());
            start("hello " + i);
        }
        assertEquals(503, refused(() -> start("one too many")).problem().status());
    }

    @Test
    void a_reader_that_leaves_stops_nothing() {
        var script = model.script();
        var started = saying(script, "one ");
        script.send("two ").finish();

        assertEquals("one two ", stored(started).contentText());
    }

    @Test
    void a_chat_is_told_to_the_model_as_it_was() {
        var first = start("one");
        stored(first);
        stored(replies.start(in(first.chat(), "two"), Sampling.DEFAULT));
        var messages = model.questions().getLast().body().get("messages");

        assertEquals(List.of("You are a test", "one", "word0 word1 word2 ", "two"), messages.findValuesAsText("content"));
    }

    @Test
    void another_reply_is_asked_for_with_the_same_prompt_and_leaves_the_old_one() {
        var first = start("one");
        stored(first);
        model.next(Scenarios.deltas("better"));
        var again = replies.regenerate("me", first.reply(), java.util.Optional.empty(), Sampling.Change.NONE);

        assertEquals("better", stored(again).contentText());
        assertEquals("word0 word1 word2 ", find(first).now().contentText());
        assertEquals(first.message(), again.message());
        assertEquals("one", model.questions().getLast().lastContent());
    }

    @Test
    void an_answer_of_the_model_that_breaks_off_is_never_complete() {
        for (var scenario : List.of(Scenarios.cut(2), Scenarios.unfinished(2), Scenarios.reset(2), Scenarios.malformed(2))) {
            model.next(scenario);
            var text = stored(start("hello"));
            assertEquals(Status.FAILED, text.end().orElseThrow().status());
            assertTrue("word0 word1 ".startsWith(text.contentText()), text.contentText());
        }
    }

    private static Refused refused(org.junit.jupiter.api.function.Executable act) {
        return assertThrows(Refused.class, act);
    }
}
