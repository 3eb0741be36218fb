package runnel.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
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
        return database.read(sql -> find(sql, owner, id));
    }

    static Optional<Chat> find(Sql sql, String owner, String id) {
        return sql.first("select * from chat where id = ? and owner = ?", Chats::row, id, owner);
    }

    /// One page of the list, pinned chats first, then the newest.
    ///
    /// @param words where given, only chats whose title or messages have these words in them, in any case
    /// @param after the last row of the page before
    public List<Chat> list(Optional<String> words, Optional<PageKey> after, int limit) {
        var id = after.map(PageKey::id);
        var folded = words.map(FoldedSearch::folded);
        return database.read(sql -> sql.list("""
                select * from chat
                where owner = ?
                  and (? is null or contains_folded(title, ?) or exists (
                       select 1 from message where message.chat = chat.id and contains_folded(message.content, ?)))
                  and (? is null or (pinned, updated, id) < (?, ?, ?))
                order by pinned desc, updated desc, id desc
                limit ?""",
                Chats::row, owner, folded, folded, folded, id, after.map(PageKey::pinned), after.map(PageKey::updated), id, limit));
    }

    /// Where a page of the list ends.
    public record PageKey(boolean pinned, long updated, String id) {}

    /// Writes what can be changed about a chat: title, model, system message, pinned and archived.
    ///
    /// @return whether there is such a chat
    public boolean update(Chat chat) {
        return database.write(sql -> told(sql, chat.id(), Change.CHANGED, sql.update("""
                update chat set title = ?, model = ?, system = ?, pinned = ?, archived = ?
                where id = ? and owner = ?""",
                chat.title(), chat.model(), chat.system(), chat.pinned(), chat.archived(), chat.id(), owner)));
    }

    /// Deletes a chat and its messages.
    ///
    /// @return whether there was such a chat
    public boolean delete(String id) {
        return database.write(sql -> told(sql, id, Change.DELETED,
                sql.update("delete from chat where id = ? and owner = ?", id, owner)));
    }

    private boolean told(Sql sql, String chat, Change change, int rows) {
        if (rows > 0) {
            Notifications.changed(database, sql, owner, chat, change);
        }
        return rows > 0;
    }

    static void insert(Sql sql, Chat chat) {
        sql.update("""
                insert into chat (id, owner, title, model, system, pinned, archived, created, updated)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                chat.id(), chat.owner(), chat.title(), chat.model(), chat.system(), chat.pinned(), chat.archived(), chat.created(), chat.updated());
    }

    private static Chat row(ResultSet row) throws SQLException {
        return new Chat(row.getString("id"), row.getString("owner"), row.getString("title"),
                Optional.ofNullable(row.getString("model")), row.getString("system"), row.getBoolean("pinned"),
                row.getBoolean("archived"), row.getLong("created"), row.getLong("updated"));
    }
}
