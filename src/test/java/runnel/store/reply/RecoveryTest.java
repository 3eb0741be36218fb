package runnel.store.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static runnel.chat.Run.Kind.REASONING;
import static runnel.chat.Run.Kind.TEXT;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import runnel.chat.End;
import runnel.chat.Reply;
import runnel.chat.Run;
import runnel.chat.Slice;
import runnel.chat.Status;
import runnel.chat.Turn;
import runnel.store.StoreTest;
import runnel.store.Stored;
import runnel.store.chat.Chats;
import runnel.store.chat.Messages;
import runnel.store.chat.SearchQuery;
import runnel.store.reply.Checkpoints.Piece;

/// What a process that died has left behind, and what becomes of it.
class RecoveryTest extends StoreTest {
    StoredReplies replies;
    Checkpoints checkpoints;

    @BeforeEach
    void begin() {
        replies = new StoredReplies(database);
        checkpoints = new Checkpoints(database);
    }

    private Reply running() {
        return Stored.opened(database, Stored.prompt("me", "hello")).reply();
    }

    private StoredReplies.Stored find(Reply reply) {
        return replies.find("me", reply.id()).orElseThrow();
    }

    private static Piece piece(Reply reply, int start, String text) {
        return piece(reply, start == 0 ? Optional.of(TEXT) : Optional.empty(), start, text);
    }

    private static Piece piece(Reply reply, Optional<Run.Kind> begins, int start, String text) {
        return piece(0, Optional.of(reply.id()), begins, start, text);
    }

    private static Piece piece(int number, Optional<String> reply, Optional<Run.Kind> begins, int start, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Piece(number, reply, begins, start, new Slice(bytes, 0, bytes.length));
    }

    @Test
    void a_running_reply_ends_as_interrupted_with_the_text_of_its_checkpoints() {
        var reply = running();
        checkpoints.keep(List.of(piece(reply, Optional.of(REASONING), 0, "because "), piece(reply, Optional.of(TEXT), 8, "häl")));
        checkpoints.keep(List.of(piece(reply, 12, "lo 😀"), piece(reply, Optional.of(REASONING), 19, "so")));

        assertEquals(List.of(reply.id()), replies.recover().stream().map(Reply::id).toList());
        assertEquals("hällo 😀", find(reply).text().contentText());
        assertEquals("because so", find(reply).text().reasoningText());
        assertEquals(List.of("reasoning because ", "text hällo 😀", "reasoning so"), Stored.runs(find(reply).text()));
        assertEquals(Optional.of(End.of(Status.INTERRUPTED)), find(reply).text().end());
    }

    @Test
    void its_text_gets_a_new_name_so_that_old_cursors_do_not_fit() {
        var reply = running();
        replies.recover();
        assertNotEquals(reply.epoch(), find(reply).reply().epoch());
    }

    @Test
    void replies_that_have_ended_stay_as_they_are() {
        var ended = Stored.answered(database, "me", "hello", "hi").reply();
        checkpoints.keep(List.of(piece(ended, 0, "stale"), piece(ended, 2, "stale")));

        assertEquals(List.of(), replies.recover());
        assertEquals("hi", find(ended).text().contentText());
        assertEquals(ended.epoch(), find(ended).reply().epoch());
    }

    @Test
    void a_second_recovery_finds_nothing() {
        running();
        assertEquals(1, replies.recover().size());
        assertEquals(0, replies.recover().size());
    }

    @Test
    void pieces_of_the_first_run_do_not_spoil_a_continued_reply() {
        var reply = running();
        checkpoints.keep(List.of(piece(reply, 0, "one "), piece(reply, 4, "two ")));
        replies.end(reply, Stored.text("one two three "), End.of(Status.STOPPED));
        checkpoints.keep(List.of(piece(reply, 8, "three "))); // a round that was on its way when the reply ended
        new ReplyStarts(database, "").resume("me", reply.id());
        checkpoints.keep(List.of(piece(reply, 14, "four ")));
        replies.recover();

        assertEquals("one two three four ", find(reply).text().contentText());
        assertEquals(2, find(reply).text().stops());
    }

    @Test
    void a_gap_ends_the_text_rather_than_being_jumped_over() {
        var reply = running();
        checkpoints.keep(List.of(piece(reply, 0, "one "), piece(reply, 8, "three ")));
        replies.recover();

        assertEquals("one ", find(reply).text().contentText());
    }

    @Test
    void sweeping_takes_the_low_pieces_and_leaves_the_high_ones() {
        var reply = running();
        long old = checkpoints.keep(List.of(piece(reply, 0, "dead")));
        checkpoints.keep(List.of(piece(reply, 0, "alive")));
        checkpoints.sweep(old);
        replies.recover();

        assertEquals("alive", find(reply).text().contentText());
    }

    @Test
    void ids_of_pieces_are_never_used_again() {
        var reply = running();
        long first = checkpoints.keep(List.of(piece(reply, 0, "a")));
        checkpoints.sweep(first);
        assertNotEquals(first, checkpoints.keep(List.of(piece(reply, 0, "a"))));
    }

    @Test
    void pieces_of_many_replies_are_told_apart_by_numbers_once_they_are_named() {
        var first = running();
        var second = running();
        checkpoints.keep(List.of(piece(1_000_000, Optional.of(second.id()), Optional.of(REASONING), 0, "thoughts of the second"),
                piece(7, Optional.of(first.id()), Optional.of(TEXT), 0, "first ")));
        checkpoints.keep(List.of(piece(7, Optional.empty(), Optional.empty(), 6, "x".repeat(100_000)),
                piece(1_000_000, Optional.empty(), Optional.of(TEXT), 22, "second")));
        replies.recover();

        assertEquals("first " + "x".repeat(100_000), find(first).text().contentText());
        assertEquals("thoughts of the second", find(second).text().reasoningText());
        assertEquals("second", find(second).text().contentText());
    }

    @Test
    void a_long_text_is_stored_and_found_again_as_it_was() {
        var text = "Häuser, 😀 and needles. ".repeat(1_000);
        var reply = Stored.answered(database, "me", text, text).reply();

        assertEquals(text, find(reply).text().contentText());
        assertEquals(List.of("user", "assistant"), Messages.leadingTo(database, reply.id(), Long.MAX_VALUE).turns().stream().map(turn -> turn.role().wire()).toList());
        assertEquals(List.of(text, text), Messages.leadingTo(database, reply.id(), Long.MAX_VALUE).turns().stream().map(Turn::content).toList());
        assertEquals(1, new Chats(database, "me").list(Optional.of(SearchQuery.of("HÄUSER, 😀 and Need")), Optional.empty(), 10).size());
        assertEquals(0, new Chats(database, "me").list(Optional.of(SearchQuery.of("nowhere")), Optional.empty(), 10).size());
    }
}
