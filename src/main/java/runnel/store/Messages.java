package runnel.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import runnel.chat.End;
import runnel.chat.Message;
import runnel.chat.Problem;
import runnel.chat.Role;
import runnel.chat.Status;
import runnel.chat.Turn;
import runnel.chat.Usage;

/// The messages of chats. Whose a chat is has been asked before: see [Chats].
public final class Messages {
    private static final String WIRE_STREAMING = Status.STREAMING.wire();

    private Messages() {}

    /// All messages of a chat in the order in which they were made, the text of a running reply as of its last checkpoint.
    public static List<Message> ofChat(Database database, String chat) {
        return database.read(handle -> handle.createQuery("select * from message where chat = :chat order by id")
                .bind("chat", chat).map(Messages::row).list());
    }

    static Optional<Message> find(Handle handle, String chat, String id) {
        return handle.createQuery("select * from message where id = :id and chat = :chat")
                .bind("id", id).bind("chat", chat).map(Messages::row).findOne();
    }

    static Optional<String> newest(Handle handle, String chat) {
        return handle.createQuery("select max(id) from message where chat = :chat")
                .bind("chat", chat).mapTo(String.class).findOne();
    }

    static Optional<String> runningIn(Handle handle, String chat) {
        return handle.createQuery("select id from message where chat = :chat and status = 'streaming'")
                .bind("chat", chat).mapTo(String.class).findOne();
    }

    /// The conversation that leads to a message, the oldest turn first, that message last.
    public static List<Turn> leadingTo(Database database, String message) {
        return database.read(handle -> handle.createQuery("""
                        with recursive path (id, parent, role, content) as (
                            select id, parent, role, content from message where id = :message
                            union all
                            select message.id, message.parent, message.role, message.content
                            from message join path on message.id = path.parent)
                        select role, content from path order by id""")
                .bind("message", message)
                .map((row, context) -> new Turn(Role.of(row.getString("role")), row.getString("content"))).list());
    }

    static void insertPrompt(Handle handle, String id, String chat, Optional<String> parent, String content, long now) {
        handle.createUpdate("""
                        insert into message (id, chat, parent, role, content, status, created)
                        values (:id, :chat, :parent, 'user', :content, 'complete', :now)""")
                .bind("id", id).bind("chat", chat).bind("parent", parent.orElse(null)).bind("content", content)
                .bind("now", now).execute();
    }

    private static Message row(ResultSet row, StatementContext context) throws SQLException {
        return new Message(row.getString("id"), Optional.ofNullable(row.getString("parent")), Role.of(row.getString("role")),
                row.getString("content"), row.getString("reasoning"), end(row), Optional.ofNullable(row.getString("model")),
                row.getInt("omitted"), row.getLong("created"));
    }

    static Optional<End> end(ResultSet row) throws SQLException {
        var status = row.getString("status");
        return status.equals(WIRE_STREAMING) ? Optional.empty() : Optional.of(new End(Status.of(status),
                Optional.ofNullable(row.getString("finish_reason")), usage(row), error(row)));
    }

    private static Optional<Usage> usage(ResultSet row) throws SQLException {
        long total = row.getLong("total_tokens");
        return row.wasNull() ? Optional.empty()
                : Optional.of(new Usage(row.getLong("prompt_tokens"), row.getLong("completion_tokens"), total));
    }

    private static Optional<Problem> error(ResultSet row) throws SQLException {
        var code = row.getString("error_code");
        return code == null ? Optional.empty() : Optional.of(new Problem(code, row.getInt("error_status"),
                row.getString("error_title"), row.getString("error_detail")));
    }
}
