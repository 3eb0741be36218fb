package runnel.store.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import runnel.chat.End;
import runnel.chat.Reply;
import runnel.chat.Sampling;
import runnel.chat.Status;
import runnel.store.StoreTest;
import runnel.store.Stored;
import runnel.store.chat.Chats;

/// A prompt that waits behind two replies side by side.
class PromptQueueTest extends StoreTest {
    private StoredReplies replies;
    private ReplyStarts starts;
    private Reply first;
    private Reply second;

    @BeforeEach
    void begin() {
        replies = new StoredReplies(database);
        starts = new ReplyStarts(database, "none");
        first = Stored.opened(database, Stored.prompt("me", "hello")).reply();
        second = starts.again("me", first.id(), Optional.of("other"), Sampling.Change.NONE).reply();
        new PromptQueue(database, "me").add(first.chat(), "waits", "next", List.of(), "x");
        replies.end(first, Stored.text("whole"), Stored.COMPLETE);
    }

    private int due() {
        return PromptQueue.due(database).size();
    }

    @Test
    void where_the_complete_one_is_deleted_it_waits_for_the_other() {
        new Chats(database, "me").delete(first.chat(), first.id());
        assertEquals(0, due());
        replies.end(second, Stored.text("whole"), Stored.COMPLETE);
        assertEquals(1, due());
    }

    @Test
    void it_stays_behind_the_complete_one_when_the_other_goes_on_and_fails_again() {
        for (int i = 0; i < 2; i++) {
            replies.end(second, Stored.text("half"), End.of(Status.INTERRUPTED));
            assertEquals(1, due());
            starts.resume("me", second.id());
            assertEquals(0, due());
        }
    }
}
