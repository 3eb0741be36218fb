package runnel.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import runnel.chat.End;
import runnel.chat.Place;
import runnel.chat.Refused;
import runnel.chat.Sampling;
import runnel.chat.Status;
import runnel.upstream.openai.Scenarios;

class EndingTest extends RepliesTest {
    private static int refused(org.junit.jupiter.api.function.Executable act) {
        return assertThrows(Refused.class, act).problem().status();
    }

    @Test
    void stop_closes_the_upstream_before_it_answers_and_keeps_the_text() throws Exception {
        var script = model.script();
        var started = saying(script, "half");
        var end = replies.stop("me", started.reply());
        long answered = System.nanoTime();

        assertEquals(Status.STOPPED, end.status());
        assertEquals("half", find(started).now().contentText());
        assertTrue(model.questions().getFirst().awaitHangUp() - answered < 500_000_000, "closed by then");
    }

    @Test
    void a_second_stop_gives_the_same_answer() {
        model.next(Scenarios.silence(1));
        var started = start("hello");
        assertEquals(replies.stop("me", started.reply()), replies.stop("me", started.reply()));
        assertEquals(1, find(started).now().stops());
    }

    @Test
    void stop_of_a_reply_that_has_ended_tells_how() {
        var started = start("hello");
        stored(started);
        assertEquals(Status.COMPLETE, replies.stop("me", started.reply()).status());
    }

    @Test
    void stop_works_before_the_model_has_said_anything() {
        model.next(Scenarios.mute());
        assertEquals(Status.STOPPED, replies.stop("me", start("hello").reply()).status());
    }

    @Test
    void nobody_else_can_stop_a_reply() {
        model.next(Scenarios.mute());
        var started = start("hello");
        assertEquals(404, refused(() -> replies.stop("you", started.reply())));
        assertEquals(404, refused(() -> replies.stop("me", "nonsense")));
        assertEquals(Optional.empty(), find(started).now().end());
    }

    @RepeatedTest(20)
    void whoever_wins_between_stop_and_the_end_all_are_told_the_same() throws Exception {
        var script = model.script();
        var started = saying(script, "text");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var finishing = CompletableFuture.runAsync(() -> {
                try {
                    script.finish();
                } catch (AssertionError cutOff) {
                    // stop came first
                }
            }, threads);
            var ends = new ArrayList<End>();
            for (var stop : threads.invokeAll(List.of(() -> replies.stop("me", started.reply()), () -> replies.stop("me", started.reply())))) {
                ends.add((End) stop.get());
            }
            finishing.get();
            assertEquals(ends.getFirst(), ends.getLast());
            assertEquals(Optional.of(ends.getFirst()), stored(started).end());
            assertEquals(1, find(started).now().stops());
        }
    }

    @Test
    void a_reply_that_was_stopped_goes_on_where_it_ended_and_old_places_stay_good() {
        var script = model.script();
        var started = start("hello");
        script.send("one ");
        var before = said(started, "one ");
        var place = Place.at(find(started).reply(), before, Optional.empty());
        replies.stop("me", started.reply());
        model.next(Scenarios.deltas("two"));
        var again = replies.resume("me", started.reply());
        var text = stored(again);

        assertEquals(started.reply(), again.reply());
        assertEquals("one two", text.contentText());
        assertEquals(2, text.stops());
        assertTrue(Place.at(find(again).reply(), text, Optional.of(place.cursor().toString())).resumed());
        assertTrue(Place.at(find(again).reply(), text, Optional.of(before.cursor(find(again).reply().epoch()).toString())).resumed());
    }

    @Test
    void the_model_is_shown_what_it_had_said_when_it_is_to_go_on() {
        model.next(Scenarios.length(1), Scenarios.deltas("rest"));
        var started = start("hello");
        stored(started);
        stored(replies.resume("me", started.reply()));

        assertTrue(model.questions().getLast().body().get("messages").findValuesAsText("content").contains("word0 "));
    }

    @Test
    void there_is_nothing_to_continue_in_a_whole_or_running_or_foreign_reply() {
        var whole = start("hello");
        stored(whole);
        model.next(Scenarios.mute());
        var running = start("hello");

        assertEquals(409, refused(() -> replies.resume("me", whole.reply())));
        assertEquals(409, refused(() -> replies.resume("me", running.reply())));
        assertEquals(404, refused(() -> replies.resume("you", whole.reply())));
    }

    @Test
    void finishing_takes_no_prompts_and_lets_replies_end_by_themselves() throws Exception {
        var script = model.script();
        var started = start("hello");
        script.send("all");
        var finishing = CompletableFuture.runAsync(() -> replies.finish(30_000));
        while (replies.takesPrompts()) {
            Thread.onSpinWait();
        }
        assertEquals(503, refused(() -> start("too late")));
        assertEquals(503, refused(() -> replies.regenerate("me", started.reply(), Optional.empty(), Sampling.Change.NONE)));
        script.finish();
        finishing.get();

        assertEquals(Status.COMPLETE, find(started).now().end().orElseThrow().status());
    }

    @Test
    void what_does_not_finish_in_time_ends_as_interrupted_with_all_its_text() {
        var script = model.script();
        var started = saying(script, "half");
        restart();

        assertEquals("half", find(started).now().contentText());
        assertEquals(Status.INTERRUPTED, find(started).now().end().orElseThrow().status());
        assertFalse(find(started) instanceof LiveReply);
    }

    @Test
    void a_reply_whose_end_cannot_be_stored_says_so_and_is_stored_later() throws Exception {
        var script = model.script();
        var started = saying(script, "text");
        database.fill();
        script.step(wire -> wire.usage(3, 4)).finish();
        var told = ended(started).end().orElseThrow();
        assertEquals(Status.FAILED, told.status());
        assertEquals(7, told.usage().orElseThrow().totalTokens());
        assertEquals("not-stored", told.error().orElseThrow().code());
        database.empty();

        assertEquals("text", stored(started).contentText());
        assertEquals(Optional.of(told), find(started).now().end());
    }

    @Test
    void the_text_that_came_while_the_disk_was_full_is_kept_once_it_is_not() throws Exception {
        var script = model.script();
        var started = start("hello");
        database.fill();
        script.send("text");
        said(started, "text");
        database.awaitRefusals(2);
        database.empty();
        script.send(" and more").finish();

        assertEquals("text and more", stored(started).contentText());
        assertEquals(Status.COMPLETE, find(started).now().end().orElseThrow().status());
    }

    @Test
    void stop_does_not_wait_for_those_who_wait_to_begin() throws Exception {
        var script = model.script();
        var started = saying(script, "half");
        var locked = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.submit(() -> database.write(_ -> awaited(locked)));
            var starts = Stream.generate(() -> Thread.startVirtualThread(() -> start("another"))).limit(8).toList();
            while (starts.stream().anyMatch(each -> each.getState() != Thread.State.WAITING)) {
                Thread.onSpinWait();
            }
            var stop = threads.submit(() -> replies.stop("me", started.reply()));
            model.questions().getFirst().awaitHangUp();
            locked.countDown();
            assertEquals(Status.STOPPED, stop.get().status());
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }
}
