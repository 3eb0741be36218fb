package runnel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import runnel.account.Email;
import runnel.chat.Role;
import runnel.store.account.Accounts;
import runnel.store.chat.Chats;
import runnel.store.chat.Deletion;
import runnel.store.chat.PendingTexts;
import runnel.store.transfer.ImportedChat;
import runnel.store.transfer.ImportedMessage;
import runnel.store.transfer.Imports;

/// What is done once a write is on disk may fail: the write has not, and the rest is done later.
class LeftForLaterTest extends StoreTest {
    private void breaking(String act, String table) {
        database.write(sql -> sql.update("create trigger broken before " + act + " on " + table + " begin select raise(abort, 'broken'); end"));
    }

    private void mended() {
        database.write(sql -> sql.update("drop trigger broken"));
    }

    private long rows(String table) {
        return database.<Long>read(sql -> sql.number("select count(*) from " + table));
    }

    @Test
    void chats_that_were_imported_are_there_though_they_cannot_be_made_searchable_yet() {
        var message = new ImportedMessage("a", Optional.empty(), Role.USER, Stored.text("text"), Optional.empty(), 1);
        try (var taking = new Imports(database, "system").begin("me")) {
            taking.add(new ImportedChat("one", Optional.empty(), Optional.empty(), 1, List.of(message)));
            breaking("delete", "search_pending");
            assertEquals(1, taking.publish().fresh().size());
        }
        assertEquals(1, new Chats(database, "me").list(Optional.empty(), Optional.empty(), 10).size());
        assertTrue(PendingTexts.count(database) > 0);
        mended();
        PendingTexts.finish(database);
        assertEquals(0, PendingTexts.count(database));
    }

    @Test
    void a_chat_and_an_account_are_deleted_though_their_messages_cannot_be_yet() {
        var user = new Accounts(database).add("A", Email.of("a@example.org").orElseThrow(), Optional.empty(), true, true).orElseThrow();
        Stored.answered(database, user.id(), "mine", "text");
        var chat = Stored.answered(database, "local", "text", "text").reply().chat();
        breaking("delete", "message");
        assertTrue(new Chats(database, "local").delete(chat));
        new Accounts(database).delete(user.id());
        assertEquals(4, rows("message"));
        mended();
        Deletion.deleteOver(database);
        assertEquals(0, rows("message"));
    }
}
