package runnel.store.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import runnel.chat.End;
import runnel.chat.Message;
import runnel.chat.Parent;
import runnel.chat.Problem;
import runnel.chat.Refused;
import runnel.chat.Role;
import runnel.chat.Sampling;
import runnel.chat.Snapshot;
import runnel.chat.Status;
import runnel.chat.Turn;
import runnel.store.StoreTest;
import runnel.store.Stored;
import runnel.store.chat.Messages;

class ReplyStartsTest extends StoreTest {
    ReplyStarts replyStarts;
    StoredReplies replies;

    @BeforeEach
    void begin() {
        replyStarts = new ReplyStarts(database, "You are a test");
        replies = new StoredReplies(database);
    }

    private static int status(org.junit.jupiter.api.function.Executable asking) {
        return assertThrows(Refused.class, asking).problem().status();
    }

    @Test
    void a_prompt_is_in_its_chat_with_a_running_reply_below_it() {
        var opened = replyStarts.ask(Stored.prompt("me", "hello"), Sampling.DEFAULT).orElseThrow();
        var messages = Stored.messages(database, opened.reply().chat());

        assertEquals(List.of(Role.USER, Role.ASSISTANT), messages.stream().map(Message::role).toList());
        assertEquals(Optional.of(messages.getFirst().id()), messages.getLast().parent());
        assertEquals(Status.STREAMING, messages.getLast().status());
        assertEquals("You are a test", opened.system());
    }

    @Test
    void a_busy_chat_takes_nothing_and_names_the_reply_that_runs() {
        var running = replyStarts.ask(Stored.prompt("me", "hello"), Sampling.DEFAULT).orElseThrow().reply();
        var more = Stored.in(Stored.prompt("me", "more"), running.chat(), new Parent.Newest());

        var refused = assertThrows(Refused.class, () -> replyStarts.ask(more, Sampling.DEFAULT));
        assertEquals(409, refused.problem().status());
        assertEquals(running.id(), refused.members().get("reply"));
        assertEquals(409, status(() -> replyStarts.again("me", running.id(), Optional.empty(), Sampling.Change.NONE)));
        assertEquals(409, status(() -> replyStarts.resume("me", running.id())));
    }

    @Test
    void an_equal_send_opens_nothing_and_another_under_the_same_id_is_refused() {
        var ask = Stored.sentAs(Stored.prompt("me", "hello"), "id", "print");
        var first = replyStarts.ask(ask, Sampling.DEFAULT).orElseThrow().reply();

        assertEquals(Optional.empty(), replyStarts.ask(ask, Sampling.DEFAULT));
        assertEquals(first.id(), IdempotencyKeys.before(database, ask).orElseThrow().reply());
        assertEquals(409, status(() -> replyStarts.ask(Stored.sentAs(ask, "id", "other print"), Sampling.DEFAULT)));
        assertEquals(409, status(() -> IdempotencyKeys.before(database, Stored.sentAs(ask, "id", "other print"))));
    }

    @Test
    void two_people_may_use_the_same_id_and_learn_nothing_of_each_other() {
        var mine = replyStarts.ask(Stored.sentAs(Stored.prompt("me", "hello"), "id", "print"), Sampling.DEFAULT).orElseThrow();
        var yours = replyStarts.ask(Stored.sentAs(Stored.prompt("you", "hello"), "id", "other"), Sampling.DEFAULT).orElseThrow();

        assertNotEquals(mine.reply().id(), yours.reply().id());
    }

    @Test
    void nothing_of_somebody_else_is_answered_continued_or_regenerated() {
        var mine = Stored.answered(database, "me", "hello", "hi").reply();

        assertEquals(404, status(() -> replyStarts.ask(Stored.in(Stored.prompt("you", "x"), mine.chat(), new Parent.Newest()), Sampling.DEFAULT)));
        assertEquals(404, status(() -> replyStarts.again("you", mine.id(), Optional.empty(), Sampling.Change.NONE)));
        assertEquals(404, status(() -> replyStarts.resume("you", mine.id())));
        assertEquals(Optional.empty(), replies.find("you", mine.id()));
    }

    @Test
    void a_parent_of_another_chat_is_not_found_and_nothing_is_left_behind() {
        var mine = Stored.answered(database, "me", "hello", "hi").reply();
        var other = Stored.answered(database, "me", "bye", "see you").reply();
        var ask = Stored.in(Stored.prompt("me", "x"), mine.chat(), new Parent.Id(other.id()));

        assertEquals(404, status(() -> replyStarts.ask(ask, Sampling.DEFAULT)));
        assertEquals(2, Stored.messages(database, mine.chat()).size());
    }

    @Test
    void a_branch_leads_back_to_where_it_began() {
        var first = Stored.answered(database, "me", "one", "1").reply();
        Stored.answered(database, Stored.in(Stored.prompt("me", "two"), first.chat(), new Parent.Newest()), "2");
        var edited = Stored.answered(database, Stored.in(Stored.prompt("me", "zwei"), first.chat(), new Parent.Id(first.id())), "II").reply();
        var anew = Stored.answered(database, Stored.in(Stored.prompt("me", "again"), first.chat(), new Parent.None()), "yes").reply();

        assertEquals(List.of(new Turn(Role.USER, "one"), new Turn(Role.ASSISTANT, "1"), new Turn(Role.USER, "zwei")),
                Messages.leadingTo(database, edited.prompt(), 1_000).turns());
        assertEquals(List.of(new Turn(Role.USER, "again")), Messages.leadingTo(database, anew.prompt(), 1_000).turns());
    }

    @Test
    void another_reply_stands_beside_the_old_one() {
        var old = Stored.answered(database, "me", "hello", "hi").reply();
        var fresh = replyStarts.again("me", old.id(), Optional.of("better"), Sampling.Change.NONE).reply();

        assertEquals(old.prompt(), fresh.prompt());
        assertEquals("better", fresh.model());
        assertEquals("hi", replies.find("me", old.id()).orElseThrow().text().contentText());
    }

    @Test
    void a_whole_reply_cannot_be_continued_and_one_that_was_cut_off_can() {
        var whole = Stored.answered(database, "me", "hello", "hi").reply();
        assertEquals(409, status(() -> replyStarts.resume("me", whole.id())));

        for (var end : List.of(End.of(Status.STOPPED), End.of(Status.INTERRUPTED), End.failed(new Problem("x", 502, "X", "x")),
                new End(Status.COMPLETE, Optional.of("length"), Optional.empty(), Optional.empty()))) {
            var cut = Stored.opened(database, Stored.prompt("me", "hello")).reply();
            replies.end(cut, Stored.text("half"), end);
            var opened = replyStarts.resume("me", cut.id());

            assertEquals(cut.epoch(), opened.reply().epoch(), "old cursors stay good");
            assertEquals("half", opened.text().contentText());
            assertTrue(replies.find("me", cut.id()).orElseThrow().text().end().isEmpty());
        }
    }

    @Test
    void an_end_is_stored_whole_and_only_once() {
        var reply = Stored.opened(database, Stored.prompt("me", "hello")).reply();
        replies.end(reply, Snapshot.of("thought", "said", 0, Optional.empty()), Stored.COMPLETE);
        replies.end(reply, Stored.text("other"), End.of(Status.STOPPED));
        var stored = replies.find("me", reply.id()).orElseThrow().text();

        assertEquals(List.of("thought", "said"), List.of(stored.reasoningText(), stored.contentText()));
        assertEquals(Optional.of(Stored.COMPLETE), stored.end());
        assertEquals(1, stored.stops());
    }

    @Test
    void a_default_message_of_none_is_no_message() {
        for (String none : new String[] {"none", " None"}) {
            assertEquals("", new ReplyStarts(database, none).ask(Stored.prompt("me", "hello"), Sampling.DEFAULT).orElseThrow().system());
        }
    }
}
