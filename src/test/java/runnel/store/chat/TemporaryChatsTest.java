package runnel.store.chat;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import runnel.chat.Clock;
import runnel.chat.End;
import runnel.chat.FaultLog;
import runnel.chat.Sampling;
import runnel.chat.Snapshot;
import runnel.chat.Status;
import runnel.faults.Eventually;
import runnel.reply.FragileDatabase;
import runnel.store.StoreTest;
import runnel.store.Stored;
import runnel.store.reply.NewPrompt;
import runnel.store.reply.ReplyStarts;
import runnel.store.reply.StartedReplies;
import runnel.store.reply.StoredReplies;

class TemporaryChatsTest extends StoreTest {
    private StartedReplies begun() {
        var prompt = Stored.prompt("me", "hello").keeping(java.util.Optional.of("m"), java.util.Optional.empty(), new NewPrompt.Keep(Sampling.DEFAULT, true));
        return new ReplyStarts(database, "").ask(prompt, Sampling.DEFAULT).orElseThrow();
    }

    private boolean isThere(StartedReplies started) {
        return new Chats(database, "me").find(started.reply().chat()).isPresent();
    }

    private long dayLater() {
        return System.currentTimeMillis() + Deletion.TEMPORARY_LIFE.toMillis() + 1_000;
    }

    @Test
    void a_chat_whose_reply_runs_stays() {
        var started = begun();
        Deletion.deleteOver(database, dayLater());
        assertTrue(isThere(started));

        new StoredReplies(database).end(started.reply(), Snapshot.of("", "", 0, java.util.Optional.empty()), End.of(Status.STOPPED));
        Deletion.deleteOver(database, System.currentTimeMillis());
        assertTrue(isThere(started));
        Deletion.deleteOver(database, dayLater());
        assertTrue(!isThere(started));
    }

    @Test
    void the_clock_goes_on_whatever_one_look_throws() throws Exception {
        var started = begun();
        new StoredReplies(database).end(started.reply(), Snapshot.of("", "", 0, java.util.Optional.empty()), End.of(Status.COMPLETE));
        database.write(sql -> sql.update("update chat set updated = 0"));
        var fragile = new FragileDatabase(database);
        fragile.fail(() -> new StackOverflowError("scripted"));
        try (var clock = new Clock("chores", new FaultLog(said -> {}))) {
            clock.nowAndEvery(Duration.ofMillis(5), () -> Deletion.deleteOver(fragile));
            fragile.awaitRefusals(2);
            fragile.fill();
            fragile.awaitRefusals(2);
            assertTrue(isThere(started));
            fragile.empty();
            Eventually.holds(() -> !isThere(started));
        }
    }
}
