package runnel.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlaceTest {
    private static final Reply REPLY = new Reply("reply", "chat", "owner", "prompt", "model", 77, 0);
    private static final End COMPLETE = new End(Status.COMPLETE, Optional.of("stop"), Optional.empty(), Optional.empty());
    private static final int MAX = 1 << 16;

    private static Snapshot running(String content) {
        return Snapshot.of("", content, 0, Optional.empty());
    }

    private static Snapshot ended(String content, int stops) {
        return Snapshot.of("", content, stops, Optional.of(COMPLETE));
    }

    private static Place at(Snapshot text, String cursor) {
        return Place.at(REPLY, text, Optional.of(cursor));
    }

    private static Place fresh(Snapshot text) {
        return Place.at(REPLY, text, Optional.empty());
    }

    private static boolean honoured(Snapshot text, String cursor) {
        return at(text, cursor).resumed();
    }

    @Test
    void start_is_first_then_the_text_then_stop_and_then_nothing() {
        var text = Snapshot.of("why", "what", 1, Optional.of(COMPLETE));
        var place = fresh(text);

        assertEquals(new ReplyEvent.Start(new Cursor(77, 0, 0), "reply", "chat", "model", false, 0), place.next(text, MAX));
        assertEquals("why", ((ReplyEvent.More) place.next(text, MAX)).text().toString());
        assertEquals("what", ((ReplyEvent.More) place.next(text, MAX)).text().toString());
        assertEquals(new ReplyEvent.Stop(new Cursor(77, 7, 1), COMPLETE), place.next(text, MAX));
        assertNull(place.next(text, MAX));
        assertTrue(place.done());
    }

    @Test
    void without_news_there_is_no_event() {
        var place = fresh(running(""));
        place.next(running(""), MAX);

        assertNull(place.next(running(""), MAX));
        assertEquals("x", ((ReplyEvent.More) place.next(running("x"), MAX)).text().toString());
        assertNull(place.next(running("x"), MAX));
    }

    @Test
    void what_has_piled_up_comes_joined() {
        var place = fresh(running(""));
        place.next(running(""), MAX);

        assertEquals("a b c d", ((ReplyEvent.More) place.next(running("a b c d"), MAX)).text().toString());
    }

    @Test
    void an_empty_reply_is_start_and_stop() {
        var text = ended("", 1);
        var place = fresh(text);

        assertTrue(place.next(text, MAX) instanceof ReplyEvent.Start);
        assertTrue(place.next(text, MAX) instanceof ReplyEvent.Stop);
    }

    @Test
    void a_cursor_of_this_text_is_honoured() {
        assertTrue(honoured(running("hello"), new Cursor(77, 0, 0).toString()));
        assertTrue(honoured(running("hello"), new Cursor(77, 3, 0).toString()));
        assertTrue(honoured(running("hello"), new Cursor(77, 5, 0).toString()));
    }

    @Test
    void a_cursor_of_another_text_is_not() {
        assertFalse(honoured(running("hello"), new Cursor(78, 3, 0).toString()));
    }

    @Test
    void a_cursor_of_the_future_is_not() {
        assertFalse(honoured(running("hello"), new Cursor(77, 6, 0).toString()));
        assertFalse(honoured(running("hello"), new Cursor(77, 3, 1).toString()));
        assertFalse(honoured(running("hello"), new Cursor(77, Integer.MAX_VALUE, 0).toString()));
    }

    @Test
    void a_cursor_in_the_middle_of_a_character_is_not() {
        var text = running("a😀é");
        for (int at : new int[] {2, 3, 4, 6}) {
            assertFalse(honoured(text, new Cursor(77, at, 0).toString()), "at " + at);
        }
        for (int at : new int[] {0, 1, 5, 7}) {
            assertTrue(honoured(text, new Cursor(77, at, 0).toString()), "at " + at);
        }
    }

    @Test
    void nonsense_gives_the_whole() {
        var text = ended("hello", 1);
        var place = at(text, "' or 1=1 --");

        assertFalse(((ReplyEvent.Start) place.next(text, MAX)).resumed());
        assertEquals("hello", ((ReplyEvent.More) place.next(text, MAX)).text().toString());
    }

    @Test
    void behind_stop_nothing_follows() {
        var text = ended("hello", 1);

        assertTrue(at(text, new Cursor(77, 5, 1).toString()).behindStop(text));
        assertFalse(at(text, new Cursor(77, 5, 0).toString()).behindStop(text));
        assertFalse(fresh(text).behindStop(text));
        assertFalse(fresh(ended("", 1)).behindStop(ended("", 1)));
    }

    @Test
    void a_continued_reply_has_more_for_those_who_were_behind_its_stop() {
        var again = Snapshot.of("", "hello world", 1, Optional.empty());
        var place = at(again, new Cursor(77, 5, 1).toString());

        assertFalse(place.behindStop(again));
        assertTrue(((ReplyEvent.Start) place.next(again, MAX)).resumed());
        assertEquals(" world", ((ReplyEvent.More) place.next(again, MAX)).text().toString());
        assertNull(place.next(again, MAX));
        assertEquals(new Cursor(77, 11, 2), place.next(ended("hello world", 2), MAX).cursor());
    }

    @Test
    void a_reader_of_a_continued_reply_is_told_of_its_last_stop_only() {
        var text = ended("hello world", 2);
        var place = fresh(text);
        place.next(text, MAX);
        place.next(text, MAX);

        assertEquals(2, ((ReplyEvent.Stop) place.next(text, MAX)).cursor().stops());
        assertNull(place.next(text, MAX));
    }
}
