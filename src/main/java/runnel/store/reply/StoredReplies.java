package runnel.store.reply;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import runnel.chat.End;
import runnel.chat.Id;
import runnel.chat.Problem;
import runnel.chat.Reply;
import runnel.chat.Snapshot;
import runnel.chat.Status;
import runnel.chat.Usage;
import runnel.store.Database;
import runnel.store.Row;
import runnel.store.Sql;
import runnel.store.chat.Notifications;
import runnel.store.chat.RunColumns;
import runnel.store.reply.Checkpoints.Piece;

/// Replies as the database has them.
public record StoredReplies(Database database) {
    private static final String REPLY = """
            select message.*, chat.owner from message join chat on chat.id = message.chat
            where message.role = 'assistant'""";

    private static final int MAX_STOPS = 3;

    /// A reply with the text that is stored of it.
    public record Stored(Reply reply, Snapshot text) {}

    /// @return nothing where there is no such reply, or it is somebody else's
    public Optional<Stored> find(String owner, String id) {
        return database.read(sql -> find(sql, owner, id));
    }

    static Optional<Stored> find(Sql sql, String owner, String id) {
        return sql.first(REPLY + " and message.id = ? and chat.owner = ?", StoredReplies::row, id, owner);
    }

    /// Writes the whole text and the end of a reply that runs. One that has ended already stays as it is.
    public void end(Reply reply, Snapshot text, End end) {
        database.write(sql -> end(sql, reply, text, end, reply.epoch()));
    }

    private boolean end(Sql sql, Reply reply, Snapshot text, End end, long epoch) {
        boolean ended = update(sql, reply, text, end, epoch) > 0;
        if (ended && end.status() == Status.INTERRUPTED) {
            sql.update("insert into unfinished (reply) values (?) on conflict do nothing", reply.id());
        }
        if (ended && end.status() == Status.COMPLETE) {
            PromptQueue.complete(sql, reply);
        }
        if (ended) {
            sql.update("update chat set updated = ? where id = ? and temporary", System.currentTimeMillis(), reply.chat());
            Notifications.finished(database, sql, reply, end.status());
        }
        if (ended || !reply.isStored()) {
            end.usage().ifPresent(_ -> TokenUse.add(sql, reply.owner(), reply.model(), end.usage()));
        }
        return ended;
    }

    private static int update(Sql sql, Reply reply, Snapshot text, End end, long epoch) {
        var usage = end.usage();
        var error = end.error();
        return sql.update("""
                update message set content = ?, reasoning = ?, calls = ?, runs = ?, omitted = ?, epoch = ?, stops = stops + 1,
                    status = ?, finish_reason = ?, ended = ?,
                    prompt_tokens = ?, completion_tokens = ?, total_tokens = ?, cached_tokens = ?, reasoning_tokens = ?,
                    error_code = ?, error_status = ?, error_title = ?, error_detail = ?
                where id = ? and status = 'streaming'""",
                text.contentText(), text.reasoningText(), RunColumns.calls(text), RunColumns.runs(text), reply.omitted(), epoch,
                end.status().wire(), end.finishReason(), System.currentTimeMillis(),
                usage.map(Usage::promptTokens), usage.map(Usage::completionTokens), usage.map(Usage::totalTokens),
                usage.map(Usage::cachedTokens).orElse(0L), usage.map(Usage::reasoningTokens).orElse(0L),
                error.map(Problem::code), error.map(Problem::status), error.map(Problem::title), error.map(Problem::detail),
                reply.id());
    }

    /// Ends a reply with what is stored of its text, since the rest cannot be, or nobody writes it any more.
    ///
    /// @param end how, unless it has ended already
    public void giveUp(Reply reply, End end) {
        database.write(sql -> find(sql, reply.owner(), reply.id()).filter(stored -> stored.text().end().isEmpty())
                .map(stored -> end(sql, stored, Checkpoints.pieces(sql), end)).orElse(false));
    }

    /// Readers may have seen more than is kept, so the text gets a new epoch.
    private boolean end(Sql sql, Stored stored, Map<String, List<Piece>> pieces, End end) {
        var text = Checkpoints.joined(stored.text(), pieces.getOrDefault(stored.reply().id(), List.of()));
        return end(sql, stored.reply(), text, end, stored.reply().nextEpoch());
    }

    /// Ends as interrupted what a process that is gone has left running, with the text of its last checkpoint.
    ///
    /// @return the replies that were ended
    public List<Reply> recover() {
        return database.write(sql -> {
            sql.first("select max(id) as id from message", row -> row.text("id")).ifPresent(Id::follow);
            var left = sql.list(REPLY + " and message.status = 'streaming' order by message.id", StoredReplies::row);
            var pieces = Checkpoints.pieces(sql);
            left.forEach(stored -> end(sql, stored, pieces, End.of(Status.INTERRUPTED)));
            Checkpoints.clear(sql);
            return left.stream().map(Stored::reply).toList();
        });
    }

    /// The replies that the end of a process cut off, oldest first, and that did not go on yet. One that was cut off too
    /// often is left out: it may be what brings the process down.
    public List<Reply> unfinished() {
        return database.read(sql -> sql.list(REPLY
                + " and message.status = 'interrupted' and message.stops <= ? and message.id in (select reply from unfinished)"
                + " order by message.id",
                row -> row(row).reply(), MAX_STOPS));
    }

    /// Whether a reply is still one of these, and nobody has gone on with its chat.
    public boolean isUnfinished(Reply reply) {
        return database.read(sql -> sql.exists("""
                select 1 from unfinished where reply = ?
                    and not exists (select 1 from message where chat = ? and role = 'user' and id > unfinished.reply)""",
                reply.id(), reply.chat()));
    }

    /// Forgets one of these, so that only somebody's wish continues it.
    public void forgetUnfinished(Reply reply) {
        database.write(sql -> sql.update("delete from unfinished where reply = ?", reply.id()));
    }

    /// Forgets what was cut off, so that only somebody's wish continues it.
    public void forgetUnfinished() {
        database.write(sql -> sql.update("delete from unfinished"));
    }

    private static Stored row(Row row) {
        var reply = new Reply(row.text("id"), row.text("chat"), row.text("owner"), row.text("parent"),
                row.text("model"), row.number("epoch"), row.integer("omitted"));
        return new Stored(reply, RunColumns.read(row));
    }
}
