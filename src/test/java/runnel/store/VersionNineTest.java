package runnel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.chat.Place;
import runnel.chat.Reply;
import runnel.chat.Run;
import runnel.chat.Snapshot;
import runnel.chat.Status;
import runnel.store.chat.Chats;
import runnel.store.chat.PendingTexts;
import runnel.store.chat.SearchQuery;
import runnel.store.reply.ReplyStarts;
import runnel.store.reply.StoredReplies;

/// What version 9 has written, whose replies were two texts: a database of its own making, of a process that was killed.
class VersionNineTest {
    private static final String THOUGHT_AND_SAID = "01a222b9-19e3-7033-9eaf-a21722705294";
    private static final String FAILED = "01a222b9-1eb0-7edd-83e7-702cdb15bff9";
    private static final String STOPPED_IN_THOUGHTS = "01a222b9-26bc-7a5a-beb2-500fab6cff8d";
    private static final String KILLED_IN_TEXT = "01a222b9-32be-766c-9b08-460567f46d4a";
    private static final String KILLED_IN_THOUGHTS = "01a222b9-330d-7fc8-96bf-de4a9816ea0f";
    private static final String THOUGHTS = "The prompt asks me to think, so I should show my r";

    @TempDir
    Path folder;
    SqliteDatabase database;
    StoredReplies replies;

    @BeforeEach
    void open() throws IOException {
        var file = folder.resolve("version-9.db");
        try (var packed = new GZIPInputStream(getClass().getResourceAsStream("version-9.db.gz"))) {
            Files.copy(packed, file);
        }
        database = SqliteDatabase.open(file);
        replies = new StoredReplies(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Snapshot text(String reply) {
        return replies.find("local", reply).orElseThrow().text();
    }

    private Reply reply(String reply) {
        return replies.find("local", reply).orElseThrow().reply();
    }

    private static List<Run.Kind> kinds(Snapshot text) {
        return text.inOrder().stream().map(Run::kind).toList();
    }

    @Test
    void what_has_ended_reads_as_thoughts_and_then_text() {
        assertEquals(List.of(Run.Kind.REASONING, Run.Kind.TEXT), kinds(text(THOUGHT_AND_SAID)));
        assertEquals("Brücke über den Fluß 😀 needle", text(THOUGHT_AND_SAID).contentText());
        assertTrue(text(THOUGHT_AND_SAID).reasoningText().startsWith(THOUGHTS));
        assertEquals(List.of(Run.Kind.TEXT), kinds(text(FAILED)));
        assertEquals(Status.FAILED, text(FAILED).end().orElseThrow().status());
        assertEquals(List.of(Run.Kind.REASONING), kinds(text(STOPPED_IN_THOUGHTS)));
    }

    @Test
    void what_was_running_ends_with_all_that_its_checkpoints_held() {
        assertEquals(List.of(KILLED_IN_TEXT, KILLED_IN_THOUGHTS), replies.recover().stream().map(Reply::id).toList());

        assertEquals(List.of(Run.Kind.REASONING, Run.Kind.TEXT), kinds(text(KILLED_IN_TEXT)));
        assertEquals(459, text(KILLED_IN_TEXT).reasoningText().length());
        assertEquals(841, text(KILLED_IN_TEXT).contentText().length());
        assertTrue(text(KILLED_IN_TEXT).contentText().endsWith("goes around, or over, or it waits until "));
        assertEquals(110, text(KILLED_IN_THOUGHTS).reasoningText().length());
        assertEquals(Status.INTERRUPTED, text(KILLED_IN_THOUGHTS).end().orElseThrow().status());
    }

    @Test
    void all_of_it_is_continued_from_where_it_ended() {
        replies.recover();
        for (var reply : List.of(FAILED, STOPPED_IN_THOUGHTS, KILLED_IN_TEXT, KILLED_IN_THOUGHTS)) {
            var before = text(reply);
            var resumed = new ReplyStarts(database, "").resume("local", reply);
            assertEquals(Stored.runs(before), Stored.runs(resumed.text()));
            var more = List.of(Run.of(Run.Kind.REASONING, "hm"), Run.of(Run.Kind.TEXT, "more"));
            var all = new ArrayList<>(before.inOrder());
            all.addAll(more);
            replies.end(resumed.reply(), Snapshot.of(all, 1, Optional.empty()), Stored.COMPLETE);
            assertEquals(before.contentText() + "more", text(reply).contentText());
            assertEquals(before.reasoningText() + "hm", text(reply).reasoningText());
        }
        assertEquals(List.of(Run.Kind.REASONING, Run.Kind.TEXT, Run.Kind.REASONING, Run.Kind.TEXT), kinds(text(KILLED_IN_TEXT)));
    }

    @Test
    void it_is_found_by_its_words() {
        replies.recover();
        PendingTexts.finish(database);
        assertEquals(1, new Chats(database, "local").list(Optional.of(SearchQuery.of("BRÜCKE ÜBER DEN FLUSS 😀")), Optional.empty(), 10).size());
        assertEquals(1, new Chats(database, "local").list(Optional.of(SearchQuery.of("or it waits until")), Optional.empty(), 10).size());
    }

    @Test
    void a_cursor_of_that_time_gets_the_whole() {
        var text = text(THOUGHT_AND_SAID);
        var place = Place.at(reply(THOUGHT_AND_SAID), text, Optional.of(Long.toString(5159593640358634L, 36) + ".459.0.0"));
        assertFalse(place.resumed());
        assertEquals(5159593640358634L, reply(THOUGHT_AND_SAID).epoch());
    }

    @Test
    void in_the_database_the_text_stays_plain() {
        assertEquals(1L, database.<Long>read(sql -> sql.number("select count(*) from message where content like '%über den Fluß 😀 needle' and runs is null and role = 'assistant'")));
        assertEquals(0L, database.<Long>read(sql -> sql.number("select count(*) from checkpoint")));
    }
}
