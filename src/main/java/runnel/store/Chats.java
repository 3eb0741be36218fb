package runnel.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import runnel.chat.Chat;
import runnel.chat.Notification.Change;

/// The chats of one account. A chat of somebody else is not among them, so it is not found.
public final class Chats {
    private final Database database;
    private final String owner;

    private Chats(Database database, String owner) {
        this.database = database;
        this.owner = owner;
    }

    public static Chats of(Database database, String owner) {
        return new Chats(database, owner);
    }

    public Optional<Chat> find(String id) {
        return database.read(handle -> find(handle, owner, id));
    }

    static Optional<Chat> find(Handle handle, String owner, String id) {
        return handle.createQuery("select * from chat where id = :id and owner = :owner")
                .bind("id", id).bind("owner", owner).map(Chats::row).findOne();
    }

    /// One page of the list, pinned chats first, then the newest.
    ///
    /// @param words where given, only chats whose title or messages have these words in them, in any case
    /// @param after the last row of the page before
    public List<Chat> list(Optional<String> words, Optional<PageKey> after, int limit) {
        var query = """
                select * from chat
                where owner = :owner
                  and (:words is null or contains_folded(title, :words) or exists (
                       select 1 from message where message.chat = chat.id and contains_folded(message.content, :words)))
                  and (:id is null or (pinned, updated, id) < (:pinned, :updated, :id))
                order by pinned desc, updated desc, id desc
                limit :limit
                """;
        return database.read(handle -> handle.createQuery(query)
                .bind("owner", owner)
                .bind("words", words.orElse(null))
                .bind("pinned", after.map(PageKey::pinned).orElse(false))
                .bind("updated", after.map(PageKey::updated).orElse(0L))
                .bind("id", after.map(PageKey::id).orElse(null))
                .bind("limit", limit)
                .map(Chats::row).list());
    }

    /// Where a page of the list ends.
    public record PageKey(boolean pinned, long updated, String id) {}

    /// Writes what can be changed about a chat: title, model, system message, pinned and archived.
    ///
    /// @return whether there is such a chat
    public boolean update(Chat chat) {
        return database.write(handle -> told(handle, chat.id(), Change.CHANGED, handle.createUpdate("""
                        update chat set title = :title, model = :model, system = :system, pinned = :pinned, archived = :archived
                        where id = :id and owner = :owner""")
                .bind("id", chat.id()).bind("owner", owner).bind("title", chat.title()).bind("model", chat.model().orElse(null))
                .bind("system", chat.system()).bind("pinned", chat.pinned()).bind("archived", chat.archived())
                .execute()));
    }

    /// Deletes a chat and its messages.
    ///
    /// @return whether there was such a chat
    public boolean delete(String id) {
        return database.write(handle -> told(handle, id, Change.DELETED, handle.createUpdate("delete from chat where id = :id and owner = :owner")
                .bind("id", id).bind("owner", owner).execute()));
    }

    private boolean told(Handle handle, String chat, Change change, int rows) {
        if (rows > 0) {
            Notifications.changed(database, handle, owner, chat, change);
        }
        return rows > 0;
    }

    static void insert(Handle handle, Chat chat) {
        handle.createUpdate("""
                        insert into chat (id, owner, title, model, system, pinned, archived, created, updated)
                        values (:id, :owner, :title, :model, :system, :pinned, :archived, :created, :updated)""")
                .bind("id", chat.id()).bind("owner", chat.owner()).bind("title", chat.title())
                .bind("model", chat.model().orElse(null)).bind("system", chat.system()).bind("pinned", chat.pinned())
                .bind("archived", chat.archived()).bind("created", chat.created()).bind("updated", chat.updated())
                .execute();
    }

    static void touch(Handle handle, String id, long now) {
        handle.createUpdate("update chat set updated = :now where id = :id").bind("id", id).bind("now", now).execute();
    }

    private static Chat row(ResultSet row, StatementContext context) throws SQLException {
        return new Chat(row.getString("id"), row.getString("owner"), row.getString("title"),
                Optional.ofNullable(row.getString("model")), row.getString("system"), row.getBoolean("pinned"),
                row.getBoolean("archived"), row.getLong("created"), row.getLong("updated"));
    }
}
