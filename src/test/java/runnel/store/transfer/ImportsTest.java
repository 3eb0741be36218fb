package runnel.store.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import runnel.account.Email;
import runnel.chat.Refused;
import runnel.chat.Role;
import runnel.store.StoreTest;
import runnel.store.Stored;
import runnel.store.account.Accounts;
import runnel.store.chat.Chats;
import runnel.store.chat.Deletion;

class ImportsTest extends StoreTest {
    private static ImportedChat chat(String title) {
        return new ImportedChat(title, Optional.empty(), Optional.empty(), 1, List.of(new ImportedMessage("a", Optional.empty(), Role.USER, Stored.text("text"), Optional.empty(), 1)));
    }

    private long rows(String table) {
        return database.<Long>read(sql -> sql.number("select count(*) from " + table));
    }

    private List<String> titles(String owner) {
        return new Chats(database, owner).list(Optional.empty(), Optional.empty(), 10).stream().map(chat -> chat.title()).toList();
    }

    @Test
    void nobody_sees_a_chat_before_all_are_there_and_then_its_owner_sees_all() {
        var imports = new Imports(database, "system");
        try (var taking = imports.begin("me")) {
            taking.add(chat("one"));
            taking.add(chat("two"));
            assertEquals(List.of(), titles("me"));
            assertEquals(2, taking.publish().fresh().size());
            assertEquals(List.of("two", "one"), titles("me"));
        }
        assertEquals(List.of("two", "one"), titles("me"));
    }

    @Test
    void what_is_not_published_is_removed_when_it_is_over_or_at_the_next_start() {
        var imports = new Imports(database, "system");
        try (var taking = imports.begin("local")) {
            taking.add(chat("one"));
        }
        assertEquals(0, rows("chat"));
        imports.begin("local").add(chat("cut off by the end of the process"));
        assertEquals(1, rows("chat"));
        new Accounts(database).removeOrphans();
        assertEquals(0, rows("chat"));
        assertEquals(0, rows("message"));
    }

    @Test
    void what_is_on_its_way_when_an_account_is_deleted_is_written_for_nobody() {
        var accounts = new Accounts(database);
        var user = accounts.add("Somebody", Email.of("a@example.org").orElseThrow(), Optional.empty(), true, true).orElseThrow();
        var imports = new Imports(database, "system");
        Stored.answered(database, user.id(), "before", "text");
        try (var taking = imports.begin(user.id())) {
            taking.add(chat("one"));
            accounts.delete(user.id());

            assertThrows(Refused.class, () -> Stored.opened(database, Stored.prompt(user.id(), "on its way")));
            assertThrows(Refused.class, taking::publish);
        }
        Deletion.finish(database);
        for (var table : List.of("chat", "message", "send", "notification", "imported")) {
            assertEquals(0, rows(table), table);
        }
    }

    @Test
    void what_an_earlier_version_has_left_of_deleted_accounts_is_removed_at_the_next_start() {
        var user = new Accounts(database).add("Somebody", Email.of("a@example.org").orElseThrow(), Optional.empty(), true, true).orElseThrow();
        Stored.answered(database, user.id(), "kept", "text");
        Stored.answered(database, "local", "kept", "text");
        Stored.answered(database, "gone", "orphan", "text");
        new Accounts(database).removeOrphans();

        assertEquals(List.of("kept"), titles(user.id()));
        assertEquals(List.of("kept"), titles("local"));
        assertEquals(List.of(), titles("gone"));
        assertEquals(2, rows("chat"));
    }
}
