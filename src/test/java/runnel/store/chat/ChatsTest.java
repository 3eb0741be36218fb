package runnel.store.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import runnel.chat.Chat;
import runnel.chat.Parent;
import runnel.chat.Sampling;
import runnel.store.StoreTest;
import runnel.store.Stored;
import runnel.store.account.Accounts;
import runnel.store.chat.Chats.Changes;
import runnel.store.chat.Chats.PageKey;
import runnel.store.transfer.Imports;

class ChatsTest extends StoreTest {
    private Chats mine() {
        return new Chats(database, "me");
    }

    private List<String> titles(String words) {
        return mine().list(Optional.ofNullable(words).map(SearchQuery::of), Optional.empty(), 100).stream().map(Chat::title).toList();
    }

    private Chat chat(String prompt) {
        var opened = Stored.answered(database, "me", prompt, "answer to " + prompt);
        return mine().find(opened.reply().chat()).orElseThrow();
    }

    @Test
    void the_newest_chat_is_first_and_pinned_ones_are_before_all() {
        at(chat("old"), 1, false);
        at(chat("new"), 3, false);
        at(chat("pinned"), 2, true);

        assertEquals(List.of("pinned", "new", "old"), titles(null));
    }

    private void at(Chat chat, long updated, boolean pinned) {
        database.write(sql -> sql.update("update chat set updated = ?, pinned = ? where id = ?", updated, pinned, chat.id()));
    }

    @Test
    void a_thousand_chats_of_three_moments_are_paged_without_loss_or_repetition() {
        database.write(sql -> {
            for (int i = 0; i < 1_000; i++) {
                var id = "%04d".formatted(i * 7919 % 1_000);
                Chats.insert(sql, new Chat(id, i % 10 == 0 ? "you" : "me", id, Optional.empty(), "", i % 50 == 1, false, 0, i % 3));
            }
            return null;
        });
        for (int limit : new int[] {1, 7, 50, 200}) {
            var seen = paged(limit);
            assertEquals(900, seen.size(), "in pages of " + limit);
            assertEquals(900, new HashSet<>(seen).size());
            assertEquals(seen, mine().list(Optional.empty(), Optional.empty(), 2_000));
        }
    }

    private List<Chat> paged(int limit) {
        var seen = new ArrayList<Chat>();
        var page = mine().list(Optional.empty(), Optional.empty(), limit);
        while (!page.isEmpty()) {
            seen.addAll(page);
            var last = page.getLast();
            page = mine().list(Optional.empty(), Optional.of(new PageKey(last.pinned(), last.updated(), last.id())), limit);
        }
        return seen;
    }

    @ParameterizedTest
    @CsvSource({"straße, STRASSE", "ÉCOLE, école", "école, ÉCOLE", "ПРИВЕТ мир, привет", "漢字です, 字で", "100%, 0%", "a_b, A_B"})
    void words_are_found_in_any_case_and_any_script(String prompt, String words) {
        chat(prompt);
        chat("something else");

        assertEquals(List.of(prompt), titles(words));
    }

    @Test
    void signs_that_are_no_part_of_words_are_not_looked_for() {
        chat("100 of them");
        assertEquals(List.of("100 of them"), titles("100%"));
        assertEquals(List.of(), titles("%"));
    }

    @Test
    void words_are_found_in_the_text_of_replies() {
        Stored.answered(database, "me", "question", "The NEEDLE is here");
        chat("something else");

        assertEquals(List.of("question"), titles("needle"));
    }

    @Test
    void nobody_sees_changes_or_deletes_a_chat_of_somebody_else() {
        var mine = chat("mine and secret");
        var yours = new Chats(database, "you");

        assertEquals(Optional.empty(), yours.find(mine.id()));
        assertEquals(List.of(), yours.list(Optional.empty(), Optional.empty(), 10));
        assertEquals(List.of(), yours.list(Optional.of(SearchQuery.of("secret")), Optional.empty(), 10));
        assertEquals(Optional.empty(), yours.change(mine.id(), title("stolen")));
        assertFalse(yours.delete(mine.id()));
        assertEquals(mine, mine().find(mine.id()).orElseThrow());
    }

    @Test
    void what_can_be_changed_is_changed_and_the_rest_stays() {
        var chat = chat("before");
        var changed = new Chat(chat.id(), "me", "after", Optional.of("other"), "be brief", true, true, chat.created(), chat.updated());

        assertEquals(Optional.of(changed), mine().change(chat.id(), new Changes(Optional.of("after"), Optional.of(Optional.of("other")),
                Optional.of("be brief"), Optional.of(true), Optional.of(true), Sampling.Change.NONE, Optional.empty())));
        assertEquals(changed, mine().find(chat.id()).orElseThrow());
        assertEquals(Optional.of(changed), mine().change(chat.id(), title("after")));
        assertEquals(Optional.empty(), mine().change(chat.id(), new Changes(Optional.empty(), Optional.of(Optional.empty()), Optional.empty(),
                Optional.empty(), Optional.empty(), Sampling.Change.NONE, Optional.empty())).orElseThrow().model());
    }

    private static Changes title(String title) {
        return new Changes(Optional.of(title), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Sampling.Change.NONE, Optional.empty());
    }

    @Test
    void a_deleted_chat_takes_its_messages_with_it() {
        var chat = chat("gone soon");

        assertTrue(mine().delete(chat.id()));
        assertFalse(mine().delete(chat.id()));
        Deletion.finish(database);
        assertEquals(List.of(), Stored.messages(database, chat.id()));
    }

    private Chat longChat() {
        var chat = chat("a lot");
        for (int i = 0; i < 40; i++) {
            Stored.answered(database, Stored.in(Stored.prompt("me", "more"), chat.id(), new Parent.Newest()), "word ".repeat(100_000));
        }
        return chat;
    }

    @Test
    void a_long_chat_is_deleted_between_the_writes_of_others_and_is_gone_for_its_owner_at_once() throws Exception {
        var chat = longChat();
        int whole = Stored.messages(database, chat.id()).size();
        int writes = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var deleting = threads.submit(() -> {
                boolean deleted = mine().delete(chat.id());
                Deletion.finish(database);
                return deleted;
            });
            while (!deleting.isDone()) {
                long left = database.<Long>write(sql -> sql.number("select count(*) from message where chat = ?", chat.id()));
                assertTrue(left == whole || mine().find(chat.id()).isEmpty());
                writes += left > 0 && left < whole ? 1 : 0;
            }
            assertTrue(deleting.get());
        }
        assertTrue(writes > 5, writes + " writes meanwhile");
        assertEquals(List.of(), Stored.messages(database, chat.id()));
    }

    @Test
    void a_deletion_that_a_crash_has_cut_short_goes_on_at_the_next_start() {
        var chat = longChat();
        assertTrue(database.<Boolean>write(sql -> Deletion.begin(sql, "me", chat.id())));
        close();
        open();
        assertEquals(Optional.empty(), mine().find(chat.id()));
        new Accounts(database).removeOrphans();
        assertEquals(0, database.<Long>read(sql -> sql.number("select (select count(*) from message) + (select count(*) from chat)")));
    }

    @Test
    void versions_that_a_person_makes_and_copies_say_when_they_ended() {
        var reply = Stored.answered(database, "me", "hello", "text").reply();
        mine().edit(reply.chat(), reply.id(), "better");
        var chat = mine().find(reply.chat()).orElseThrow();
        new Imports(database, "none").copy("me", new Shares.Shown(chat.id(), reply.id()), chat, true, () -> {});
        assertEquals(3, database.<Long>read(sql -> sql.number("select count(ended) from message where role = 'assistant'")));
    }
}
