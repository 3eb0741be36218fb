package runnel.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.store.Database;
import runnel.store.SqliteDatabase;
import runnel.store.chat.Messages;

/// Of a long chat only what a model can be given is read.
class BoundedHistoryTest {
    private static final String OUTPUT = "[{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":\"%s\"}]";
    private static final Optional<Long> NONE = Optional.empty();

    @TempDir
    Path folder;
    private Database database;

    @BeforeEach
    void open() {
        database = SqliteDatabase.open(folder.resolve("runnel.db"));
        database.write(sql -> sql.update("insert into chat (id, owner, title, created, updated, system) values ('c', 'o', 't', 0, 0, 's')"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void add(int number, boolean prompt, String content, String input) {
        database.write(sql -> sql.update("""
                insert into message (id, chat, parent, role, content, input, status, created, model, epoch, stops)
                values (?, 'c', ?, ?, ?, ?, 'complete', 0, ?, ?, ?)""", id(number), number == 0 ? null : id(number - 1),
                prompt ? "user" : "assistant", content, input, prompt ? null : "m", prompt ? null : 1, prompt ? 0 : 1));
    }

    private static String id(int number) {
        return "m%05d".formatted(number);
    }

    @RepeatedTest(60)
    void what_is_asked_is_what_would_be_if_all_of_it_were_read(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        int last = 2 * random.nextInt(20);
        for (int i = 0; i <= last; i++) {
            boolean prompt = i % 2 == 0;
            var text = random.nextInt(4) == 0 && i < last ? "" : "é1".repeat(1 + random.nextInt(60));
            add(i, prompt, text, prompt && random.nextInt(4) == 0 ? OUTPUT.formatted(text) : null);
        }
        var context = Optional.of((long) random.nextInt(600));
        long bytes = History.bytes(History.room(context, NONE));
        var read = Messages.leadingTo(database, id(last), bytes);
        var bounded = History.of("s", read.turns(), context, NONE);
        var whole = History.of("s", Messages.leadingTo(database, id(last), Long.MAX_VALUE).turns(), context, NONE);
        assertEquals(whole.turns(), bounded.turns());
        assertEquals(whole.omitted(), bounded.omitted() + read.above());
    }

    @Test
    void what_does_not_fit_is_not_read_but_for_the_newest_prompt() {
        for (int i = 0; i <= 400; i++) {
            add(i, i % 2 == 0, "x".repeat(1_000), null);
        }
        var read = Messages.leadingTo(database, id(400), 10_000);
        assertEquals(9, read.turns().size());
        assertEquals(392, read.above());
        assertEquals(1, Messages.leadingTo(database, id(400), 10).turns().size());
        assertTrue(Messages.leadingTo(database, id(400), Long.MAX_VALUE).above() == 0);
    }
}
