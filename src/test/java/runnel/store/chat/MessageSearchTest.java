package runnel.store.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.chat.End;
import runnel.chat.Parent;
import runnel.chat.Sampling;
import runnel.chat.Status;
import runnel.store.StoreTest;
import runnel.store.Stored;
import runnel.store.chat.MessageSearch.Hit;
import runnel.store.chat.MessageSearch.Piece;
import runnel.store.reply.ReplyStarts;
import runnel.store.reply.StoredReplies;

class MessageSearchTest extends StoreTest {
    private List<Hit> find(String words) {
        return new MessageSearch(database, "me").find(SearchQuery.of(words), 0, 100);
    }

    private String found(String words) {
        return find(words).stream().map(hit -> hit.snippet().stream().map(piece -> piece.hit() ? "[" + piece.text() + "]" : piece.text())
                .collect(Collectors.joining())).sorted().collect(Collectors.joining(" / "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "die Brücke über den Fluß | BRUCKE | die [Brücke] über den Fluß",
        "die Brücke über den Fluß | FLUSS  | die Brücke über den [Fluß]",
        "in the beginning         | begin  | in the [beginning]",
        "in the beginning         | \"the beginning\" | in [the beginning]",
        "in the beginning         | \"beginning the\" | ''",
        "in the beginning         | beginning in | [in] the [beginning]",
        "in the beginning         | ginn   | in the [beginning]",
        "我们去北京大学学习中文        | 北京     | 我们去[北京]大学学习中文",
        "東京タワーに行きました       | タワー   | 東京[タワー]に行きました",
        "ภาษาไทยสวยงาม            | ไทย    | ภาษา[ไทย]สวยงาม",
        "a 𠮷野家 b               | 野家    | a 𠮷[野家] b",
        "call foo_bar(baz-1)      | foo_bar | call [foo_bar](baz-1)",
        "مرحبا بالعالم            | مرحبا  | [مرحبا] بالعالم",
        "no NEAR(x) OR AND *      | \"NEAR(x) OR\" | no [NEAR(x) OR] AND *"})
    void words_beginnings_phrases_and_parts_are_found_in_every_script(String text, String words, String found) {
        Stored.answered(database, "me", "question", text);
        Stored.answered(database, "me", "something", "else");
        assertEquals(found, found(words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\"", "\"\"", "*", "AND", "NOT x", "text:", "owner:oyou", "(", "\"a\" OR", "-", "role:", "\u0000", "\ud800", "a\u200bb", "{x}:y", "NEAR(a b)", "%", "'; drop table chat"})
    void what_is_no_word_is_no_mistake(String words) {
        Stored.answered(database, "you", "secret", "secret");
        assertEquals(List.of(), find(words));
    }

    @Test
    void the_best_comes_first_and_pages_follow_each_other() {
        for (int i = 0; i < 10; i++) {
            Stored.answered(database, "me", "prompt", "many words about this and that, among them one apple, number " + i);
        }
        var best = Stored.answered(database, "me", "prompt", "apple apple").reply();

        var all = find("apple");
        assertEquals(best.id(), all.getFirst().message());
        var search = new MessageSearch(database, "me");
        assertEquals(all, IntStream.range(0, 4).mapToObj(page -> search.find(SearchQuery.of("apple"), 3 * page, 3)).flatMap(List::stream).toList());
    }

    @Test
    void hits_and_their_order_come_of_ones_own_texts_alone() {
        for (int i = 0; i < 99; i++) {
            Stored.answered(database, "me", "prompt", "a%02derkelbach".formatted(i));
        }
        Stored.answered(database, "me", "prompt", "zzzerkelbach rare");
        Stored.answered(database, "me", "prompt", "one pear and a plum plum plum among some words");
        Stored.answered(database, "me", "prompt", "one plum and a pear pear pear among some words");
        Stored.answered(database, "me", "prompt", "plum ".repeat(3) + "pear " + "so many words ".repeat(100));
        var inside = find("erkelbach");
        var order = find("pear plum");
        assertEquals(100, inside.size());

        for (int i = 0; i < 30; i++) {
            Stored.answered(database, "you", "a plum", "Merkelbach m%derkelbach plum plum plum ".formatted(i) + "long words ".repeat(500));
        }
        assertEquals(inside, find("erkelbach"));
        assertEquals(order, find("pear plum"));
    }

    @Test
    void pages_go_on_behind_the_hits_that_are_put_in_order_together() {
        for (int i = 0; i < 510; i++) {
            Stored.answered(database, "me", "an apple", "an apple " + "more ".repeat(i % 7));
        }
        var search = new MessageSearch(database, "me");
        var all = search.find(SearchQuery.of("apple"), 0, 2_000);
        assertEquals(1_020, all.stream().map(Hit::message).distinct().count());
        assertEquals(all, IntStream.range(0, 4).mapToObj(page -> search.find(SearchQuery.of("apple"), 300 * page, 300)).flatMap(List::stream).toList());
    }

    @Test
    void filters_hold_together_with_words() {
        var reply = Stored.answered(database, "me", "apple", "an apple").reply();
        Stored.answered(database, "me", "apple", "pear");
        database.write(sql -> sql.update("update chat set pinned = true where id = ?", reply.chat()));
        database.write(sql -> sql.update("update message set created = 0 where id = ?", reply.id()));

        assertEquals(3, find("apple").size());
        assertEquals(List.of(reply.id()), find("apple role:assistant").stream().map(Hit::message).toList());
        assertEquals(2, find("role:user apple").size());
        assertEquals(1, find("apple model:model").size());
        assertEquals(1, find("apple model:ODE").size(), "a part of a model's name");
        assertEquals(0, find("apple model:other").size());
        assertEquals(2, find("apple pinned:yes").size());
        assertEquals(0, find("apple archived:yes").size());
        assertEquals(List.of(reply.id()), find("apple before:1971-01-01").stream().map(Hit::message).toList());
        assertEquals(2, find("apple after:1971-01-01").size());
        assertEquals(0, find("apple before:yesterday").size(), "is two words");
    }

    @Test
    void only_ones_own_are_found() {
        Stored.answered(database, "you", "secret", "secret");
        assertEquals(List.of(), find("secret"));
        assertEquals(List.of(), find("ecre"));
    }

    @Test
    void a_running_reply_is_found_when_it_has_ended_and_again_when_it_was_continued() {
        var started = Stored.opened(database, Stored.prompt("me", "question"));
        assertEquals("", found("answer"));
        new StoredReplies(database).end(started.reply(), Stored.text("the answer"), End.of(Status.STOPPED));
        assertEquals("the [answer]", found("answer"));

        var resumed = new ReplyStarts(database, "").resume("me", started.reply().id());
        new StoredReplies(database).end(resumed.reply(), Stored.text("the answer and more"), Stored.COMPLETE);
        assertEquals("the [answer] and more", found("answer"));
    }

    @Test
    void a_chat_is_listed_by_its_new_title_and_not_by_its_old_one() {
        var chat = Stored.answered(database, "me", "before", "answer").reply().chat();
        var mine = new Chats(database, "me");
        mine.change(chat, new Chats.Changes(Optional.of("afterwards"), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Sampling.Change.NONE, Optional.empty()));
        database.write(sql -> sql.update("delete from message where role = 'user'"));

        assertEquals(1, mine.list(Optional.of(SearchQuery.of("afterw")), Optional.empty(), 10).size());
        assertEquals(0, mine.list(Optional.of(SearchQuery.of("before")), Optional.empty(), 10).size());
    }

    @Test
    void what_was_deleted_is_in_no_file_any_more() throws IOException {
        var deleted = Stored.answered(database, "me", "question", "xylophonist quatschkopf").reply().chat();
        for (int i = 0; i < 50; i++) {
            Stored.answered(database, "me", "question", "something else altogether " + i);
        }
        assertTrue(new Chats(database, "me").delete(deleted));
        assertEquals(List.of(), find("xylophonist"));
        database.close();

        var file = new String(Files.readAllBytes(folder.resolve("runnel.db")), StandardCharsets.ISO_8859_1);
        assertTrue(file.contains("altogether"));
        assertFalse(file.contains("ylophonist") || file.contains("uatschkopf"));
        open();
    }

    @Test
    void texts_that_were_written_before_there_was_an_index_are_taken_into_it_in_parts() {
        for (int i = 0; i < 450; i++) {
            Stored.answered(database, "me", "question", "apple " + i);
        }
        PendingTexts.finish(database);
        database.write(sql -> sql.update("delete from search_entry"));
        assertEquals(0, find("apple").size());
        database.write(sql -> sql.update("insert into search_pending (chat) select id from chat"));
        database.write(sql -> sql.update("insert into search_pending (chat, message) select chat, id from message"));

        PendingTexts.finish(database);
        PendingTexts.finish(database);
        assertEquals(450, new MessageSearch(database, "me").find(SearchQuery.of("apple"), 0, 1_000).size());
        assertEquals(450, new Chats(database, "me").list(Optional.of(SearchQuery.of("question")), Optional.empty(), 1_000).size());
        assertEquals(0, PendingTexts.count(database));
    }

    @Test
    void a_snippet_shows_the_place_in_a_long_text() {
        Stored.answered(database, Stored.in(Stored.prompt("me", "question"), Stored.answered(database, "me", "x", "y").reply().chat(),
                new Parent.Newest()), "word ".repeat(10_000) + "needle" + " word".repeat(10_000));
        var snippet = find("needle").getFirst().snippet();
        assertTrue(snippet.contains(new Piece("needle", true)), snippet.toString());
        assertTrue(snippet.stream().mapToInt(piece -> piece.text().length()).sum() < 400, snippet.toString());
    }

    @Test
    void the_index_and_the_texts_agree_whatever_was_changed() {
        var chats = new Chats(database, "me");
        for (int i = 0; i < 60; i++) {
            var chat = Stored.answered(database, "me", "question 北京 " + i, "answer 東京 " + i).reply().chat();
            if (i % 3 == 0) {
                chats.delete(chat);
            } else if (i % 3 == 1) {
                database.write(sql -> sql.update("update message set content = 'changed' || content where chat = ?", chat));
            }
        }
        assertEquals(40, find("北京").size());
        database.write(sql -> sql.update("insert into search_text (search_text, rank) values ('integrity-check', 1)"));
    }

    private long segments() {
        return database.read(sql -> sql.number("select count(distinct segid) from search_text_idx"));
    }

    @Test
    void texts_are_taken_into_the_index_together_and_at_the_latest_by_the_search_that_looks_for_them() {
        Stored.answered(database, "me", "question", "apple");
        assertEquals(1, find("apple").size());
        long before = segments();
        for (int i = 0; i < 12; i++) {
            Stored.answered(database, "me", "question", "apple " + i);
        }
        assertEquals(before, segments(), "nothing was written to the index");
        assertEquals(13, find("apple").size());
        assertEquals(before + 1, segments());
        assertEquals(0, PendingTexts.count(database));
        assertEquals(13, find("apple").size());
    }

    @Test
    void a_text_that_no_search_had_taken_into_the_index_is_found_after_a_restart() {
        Stored.answered(database, "me", "question", "apple");
        database.close();
        open();
        assertEquals(1, find("apple").size());
    }

    @Test
    void a_text_that_was_deleted_or_changed_before_it_came_into_the_index_is_not_found() {
        var chat = Stored.answered(database, "me", "question", "apple").reply();
        database.write(sql -> {
            Deletion.begin(sql, new Chats(database, "me").find(chat.chat()).orElseThrow(), chat.id());
            return null;
        });
        assertEquals(List.of(), find("apple"));
        long entries = database.read(sql -> sql.number("select count(*) from search_entry where message = ?", chat.id()));
        assertEquals(0, entries);

        var other = Stored.answered(database, "me", "question", "pear").reply();
        database.write(sql -> sql.update("update message set content = 'plum' where id = ?", other.id()));
        assertEquals(List.of(), find("pear"));
        assertEquals(1, find("plum").size());
        Deletion.finish(database);
        database.write(sql -> sql.update("insert into search_text (search_text, rank) values ('integrity-check', 1)"));
    }

    @Test
    void a_search_finds_what_is_in_the_index_where_the_disk_takes_no_more() {
        Stored.answered(database, "me", "question", "apple");
        assertEquals(1, find("apple").size());
        Stored.answered(database, "me", "question", "apple again");
        database.write(sql -> {
            sql.once("pragma query_only = true");
            return null;
        });
        assertEquals(1, find("apple").size());
    }
}
