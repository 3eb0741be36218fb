package runnel.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import runnel.chat.Refused;
import runnel.chat.Sampling;
import runnel.chat.Status;
import runnel.store.StoreException;
import runnel.store.StoreFault;
import runnel.store.reply.ReplyStarts;

/// Whatever is thrown while a reply ends, its readers get an end and its chat is free again.
class LostWriterTest extends RepliesTest {
    @Test
    void no_memory_for_the_end_of_a_reply_is_told_to_its_readers_and_it_is_stored_when_there_is_some() {
        var script = model.script();
        var started = saying(script, "text");
        database.fail(() -> new OutOfMemoryError("a test"));
        script.finish();
        var told = ended(started).end().orElseThrow();
        database.empty();

        assertEquals(Status.FAILED, told.status());
        assertEquals("text", stored(started).contentText());
        assertEquals(Optional.of(told), find(started).now().end());
        assertEquals("word0 word1 word2 ", stored(replies.start(in(started.chat(), "on"), Sampling.DEFAULT)).contentText());
    }

    @Test
    void what_the_database_will_never_accept_is_not_tried_for_ever() throws Exception {
        var script = model.script();
        var started = saying(script, "text");
        var reader = find(started);
        database.fail(() -> new StoreFault("a constraint", null));
        script.finish();
        while (replies.running() > 0) {
            Thread.onSpinWait();
        }
        assertEquals(Status.FAILED, reader.now().end().orElseThrow().status());
        database.empty();

        assertEquals(Status.INTERRUPTED, find(started).now().end().orElseThrow().status());
    }

    @Test
    void a_reply_without_a_writer_ends_when_it_is_looked_for_with_what_was_kept_of_it() {
        var lost = new ReplyStarts(database, "").ask(prompt("hello").answeredBy("m"), Sampling.DEFAULT).orElseThrow().reply();

        assertEquals(Status.INTERRUPTED, replies.find("me", lost.id()).orElseThrow().now().end().orElseThrow().status());
        assertEquals(Optional.empty(), replies.find("you", lost.id()));
        assertEquals(Status.INTERRUPTED, replies.stop("me", lost.id()).status());
    }

    @Test
    void a_chat_whose_reply_has_no_writer_takes_prompts_again() {
        var lost = new ReplyStarts(database, "").ask(prompt("hello").answeredBy("m"), Sampling.DEFAULT).orElseThrow().reply();

        assertThrows(Refused.class, () -> replies.start(in(lost.chat(), "on"), Sampling.DEFAULT));
        stored(replies.start(in(lost.chat(), "on"), Sampling.DEFAULT));
    }

    @Test
    void what_one_reader_throws_reaches_neither_the_writer_nor_the_other_readers() {
        var script = model.script();
        var started = start("hello");
        find(started).listen(() -> {
            throw new OutOfMemoryError("a test");
        });
        script.send("text");
        said(started, "text");
        script.finish();
        assertEquals(Status.COMPLETE, ended(started).end().orElseThrow().status());
    }

    @Test
    void an_end_that_is_refused_at_first_is_stored_as_it_was() throws Exception {
        var script = model.script();
        var started = saying(script, "text");
        var tried = new CountDownLatch(1);
        database.fail(() -> {
            if (Thread.currentThread().getName().equals("reply")) {
                tried.countDown();
            }
            return new StoreException("locked", null);
        });
        script.finish();
        tried.await();
        database.empty();

        var end = stored(started).end().orElseThrow();
        assertEquals(Status.COMPLETE, end.status());
        assertEquals(Optional.of(end), find(started).now().end());
    }

    @Test
    void a_chat_whose_reply_is_not_stored_yet_says_so() throws Exception {
        var script = model.script();
        var started = start("hello");
        database.fail(() -> Thread.currentThread().getName().equals("reply") ? new StoreException("no room", null) : null);
        script.finish();
        ended(started);
        var busy = assertThrows(Refused.class, () -> replies.start(in(started.chat(), "on"), Sampling.DEFAULT));
        database.empty();

        assertEquals("chat-busy", busy.problem().code());
        assertTrue(busy.problem().detail().contains("not stored yet"), busy.problem().detail());
    }
}
