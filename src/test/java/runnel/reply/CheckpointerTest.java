package runnel.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.chat.End;
import runnel.chat.Run;
import runnel.chat.Sampling;
import runnel.chat.Status;
import runnel.store.SqliteDatabase;
import runnel.store.StoreException;
import runnel.store.reply.Checkpoints;
import runnel.store.reply.Checkpoints.Piece;
import runnel.store.reply.NewPrompt;
import runnel.store.reply.ReplyStarts;
import runnel.store.reply.StartedReplies;
import runnel.store.reply.StoredReplies;

/// What a crash at any moment would leave.
class CheckpointerTest {
    @TempDir
    Path folder;
    FragileDatabase database;
    Checkpointer checkpointer;

    @BeforeEach
    void open() {
        database = new FragileDatabase(SqliteDatabase.open(folder.resolve("runnel.db")));
        checkpointer = new Checkpointer(new Checkpoints(database));
    }

    @AfterEach
    void close() {
        checkpointer.close();
        database.close();
    }

    private LiveReply running(String prompt) {
        NewPrompt newPrompt = new NewPrompt("me", Optional.empty(), "", Optional.empty(), new runnel.chat.Parent.Newest(), prompt, Optional.of("m"), Optional.empty(), List.of());
        return added(new ReplyStarts(database, "").ask(newPrompt, Sampling.DEFAULT).orElseThrow());
    }

    private LiveReply added(StartedReplies startedReply) {
        var live = new LiveReply(startedReply.reply(), startedReply.text(), TextMemory.SHARED.share());
        checkpointer.add(live);
        return live;
    }

    private void end(LiveReply live) {
        new StoredReplies(database).end(live.reply(), live.finished(), End.of(Status.STOPPED));
        checkpointer.remove(live);
    }

    private int bytesKept() {
        return database.read(Checkpoints::pieces).values().stream().flatMap(List::stream).mapToInt(piece -> piece.text().length()).sum();
    }

    private List<Piece> piecesOf(LiveReply live) {
        return database.read(Checkpoints::pieces).getOrDefault(live.reply().id(), List.of());
    }

    private void awaitKept(LiveReply live, int pieces) {
        while (piecesOf(live).size() < pieces) {
            Thread.onSpinWait();
        }
    }

    private String afterACrash(LiveReply live) {
        checkpointer.close();
        new StoredReplies(database).recover();
        return new StoredReplies(database).find("me", live.reply().id()).orElseThrow().text().contentText();
    }

    @Test
    void new_text_is_kept_by_itself_and_only_the_new_text() {
        var live = running("hello");
        live.append(Run.Kind.TEXT, "a".repeat(100_000));
        awaitKept(live, 1);
        live.append(Run.Kind.TEXT, "b😀");
        awaitKept(live, 2);

        assertEquals(100_005, bytesKept(), "in proportion to what is new, not to the whole");
        assertEquals("a".repeat(100_000) + "b😀", afterACrash(live));
    }

    @Test
    void reasoning_is_kept_too() {
        var live = running("hello");
        live.append(Run.Kind.REASONING, "because");
        awaitKept(live, 1);
        checkpointer.close();
        new StoredReplies(database).recover();

        assertEquals("because", new StoredReplies(database).find("me", live.reply().id()).orElseThrow().text().reasoningText());
    }

    @Test
    void half_a_pair_is_not_kept_before_it_is_whole() {
        var live = running("hello");
        live.append(Run.Kind.TEXT, "a\ud83d");
        awaitKept(live, 1);
        live.append(Run.Kind.TEXT, "\ude00");
        awaitKept(live, 2);
        assertEquals("a😀", afterACrash(live));
    }

    @Test
    void sweeping_never_takes_a_piece_of_a_living_reply() {
        var old = running("old");
        old.append(Run.Kind.TEXT, "old");
        awaitKept(old, 1);
        var living = running("living");
        living.append(Run.Kind.TEXT, "alive");
        awaitKept(living, 1);
        end(old);
        var next = running("next");
        next.append(Run.Kind.TEXT, "x");
        awaitKept(next, 1);

        assertEquals("alive", afterACrash(living));
    }

    @Test
    void pieces_of_replies_that_have_ended_are_swept() {
        var old = running("old");
        old.append(Run.Kind.TEXT, "old");
        awaitKept(old, 1);
        end(old);
        while (bytesKept() > 0) {
            Thread.onSpinWait();
        }
        assertEquals(0, bytesKept());
    }

    @Test
    void a_continued_reply_is_kept_from_where_it_goes_on() {
        var first = running("hello");
        first.append(Run.Kind.TEXT, "one ");
        awaitKept(first, 1);
        end(first);
        var again = added(new ReplyStarts(database, "").resume("me", first.reply().id()));
        again.append(Run.Kind.TEXT, "two ");
        while (!joined(again).endsWith("two ")) {
            Thread.onSpinWait();
        }
        assertEquals("one two ", afterACrash(again));
    }

    @Test
    void whatever_a_round_throws_the_next_one_keeps_what_it_could_not() throws Exception {
        var live = running("hello");
        live.append(Run.Kind.TEXT, "one ");
        for (var thrown : List.<Supplier<Throwable>>of(() -> new OutOfMemoryError("a test"), () -> new StackOverflowError("a test"),
                () -> new IllegalStateException("a test"), () -> new StoreException("a test", null))) {
            database.fail(thrown);
            live.append(Run.Kind.TEXT, "more ");
            database.awaitRefusals(1);
        }
        database.empty();
        while (!joined(live).endsWith("more ")) {
            Thread.onSpinWait();
        }
        assertEquals("one more more more more ", afterACrash(live));
    }

    private String joined(LiveReply live) {
        return piecesOf(live).stream().map(piece -> piece.text().toString()).reduce("", String::concat);
    }

    @Test
    void each_of_many_replies_keeps_its_own_text() {
        var all = IntStream.range(0, 300).mapToObj(i -> running("hello " + i)).toList();
        all.forEach(live -> live.append(Run.Kind.TEXT, "I am " + live.reply().id()));
        all.forEach(live -> awaitKept(live, 1));
        all.forEach(live -> live.append(Run.Kind.TEXT, ", still"));
        all.forEach(live -> awaitKept(live, 2));
        checkpointer.close();
        new StoredReplies(database).recover();

        all.forEach(live -> assertEquals("I am " + live.reply().id() + ", still",
                new StoredReplies(database).find("me", live.reply().id()).orElseThrow().text().contentText()));
    }
}
