package runnel.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import runnel.chat.End;
import runnel.chat.Id;
import runnel.chat.Problem;
import runnel.chat.Reply;
import runnel.chat.Snapshot;
import runnel.chat.Status;
import runnel.chat.Usage;

/// Replies as the database has them.
public final class StoredReplies {
    private static final String REPLY = """
            select message.*, chat.owner from message join chat on chat.id = message.chat
            where message.role = 'assistant'""";

    private static final int MOST_STOPS = 3;

    private final Database database;

    public StoredReplies(Database database) {
        this.database = database;
    }

    /// A reply with the text that is stored of it.
    public record Stored(Reply reply, Snapshot text) {}

    /// @return nothing where there is no such reply, or it is somebody else's
    public Optional<Stored> find(String owner, String id) {
        return database.read(handle -> find(handle, owner, id));
    }

    static Optional<Stored> find(Handle handle, String owner, String id) {
        return handle.createQuery(REPLY + " and message.id = :id and chat.owner = :owner")
                .bind("id", id).bind("owner", owner).map(StoredReplies::row).findOne();
    }

    /// How many of the chat's oldest messages the model was not given.
    public void omitted(String reply, int messages) {
        database.write(handle -> handle.createUpdate("update message set omitted = :omitted where id = :id")
                .bind("omitted", messages).bind("id", reply).execute());
    }

    /// Writes the whole text and the end of a reply that runs. One that has ended already stays as it is.
    public void end(String reply, Snapshot text, End end) {
        database.write(handle -> end(handle, reply, text, end, Optional.empty()));
    }

    private boolean end(Handle handle, String reply, Snapshot text, End end, Optional<Long> epoch) {
        boolean ended = update(handle, reply, text, end, epoch) > 0;
        if (ended) {
            Notifications.finished(database, handle, reply, end.status());
        }
        return ended;
    }

    private static int update(Handle handle, String reply, Snapshot text, End end, Optional<Long> epoch) {
        if (end.status() == Status.INTERRUPTED) {
            handle.createUpdate("insert into unfinished (reply) values (:id) on conflict do nothing").bind("id", reply).execute();
        }
        var usage = end.usage();
        var error = end.error();
        return handle.createUpdate("""
                        update message set content = :content, reasoning = :reasoning, status = :status, finish_reason = :reason,
                            prompt_tokens = :prompt, completion_tokens = :completion, total_tokens = :total,
                            error_code = :code, error_status = :error, error_title = :title, error_detail = :detail,
                            stops = stops + 1, epoch = coalesce(:epoch, epoch)
                        where id = :id and status = 'streaming'""")
                .bind("id", reply).bind("content", text.contentText()).bind("reasoning", text.reasoningText())
                .bind("status", end.status().wire()).bind("reason", end.finishReason().orElse(null))
                .bind("prompt", usage.map(Usage::promptTokens).orElse(null))
                .bind("completion", usage.map(Usage::completionTokens).orElse(null))
                .bind("total", usage.map(Usage::totalTokens).orElse(null))
                .bind("code", error.map(Problem::code).orElse(null)).bind("error", error.map(Problem::status).orElse(null))
                .bind("title", error.map(Problem::title).orElse(null)).bind("detail", error.map(Problem::detail).orElse(null))
                .bind("epoch", epoch.orElse(null)).execute();
    }

    /// Ends as interrupted what a process that is gone has left running, with the text of its last checkpoint.
    /// Readers may have seen more, so the text gets a new epoch.
    ///
    /// @return the replies that were ended
    public List<Reply> recover() {
        return database.write(handle -> {
            handle.createQuery("select max(id) from message").mapTo(String.class).findOne().ifPresent(Id::follow);
            var left = handle.createQuery(REPLY + " and message.status = 'streaming' order by message.id")
                    .map(StoredReplies::row).list();
            var pieces = Checkpoints.pieces(handle);
            left.forEach(stored -> {
                var text = Checkpoints.joined(stored.text(), pieces.getOrDefault(stored.reply().id(), List.of()));
                end(handle, stored.reply().id(), text, End.of(Status.INTERRUPTED), Optional.of(Id.epoch()));
            });
            Checkpoints.clear(handle);
            return left.stream().map(Stored::reply).toList();
        });
    }

    /// The replies that the end of a process cut off, oldest first, and that did not go on yet. One that was cut off too
    /// often is left out: it may be what brings the process down.
    public List<Reply> unfinished() {
        return database.read(handle -> handle.createQuery(REPLY
                        + " and message.status = 'interrupted' and message.stops <= :most and message.id in (select reply from unfinished)"
                        + " order by message.id")
                .bind("most", MOST_STOPS).map(StoredReplies::row).map(Stored::reply).list());
    }

    /// Forgets what was cut off, so that only somebody's wish continues it.
    public void forgetUnfinished() {
        database.write(handle -> handle.execute("delete from unfinished"));
    }

    private static Stored row(ResultSet row, StatementContext context) throws SQLException {
        var reply = new Reply(row.getString("id"), row.getString("chat"), row.getString("owner"), row.getString("parent"),
                row.getString("model"), row.getLong("epoch"), row.getInt("omitted"));
        var text = Snapshot.of(row.getString("reasoning"), row.getString("content"), row.getInt("stops"), Messages.end(row));
        return new Stored(reply, text);
    }
}
