package runnel.store.reply;

import java.util.List;
import java.util.Optional;
import runnel.chat.Notification.Change;
import runnel.chat.Parent;
import runnel.chat.Refused;
import runnel.chat.Reply;
import runnel.store.Database;
import runnel.store.Row;
import runnel.store.Sql;
import runnel.store.chat.Chats;
import runnel.store.chat.Messages;
import runnel.store.chat.Notifications;
import runnel.store.chat.RunningReply;
import runnel.store.chat.UploadFiles;
import runnel.store.chat.Uploads;

/// The prompts that wait in one person's chats. The first is due when no reply runs in its chat and the one that was started last is
/// complete; of those that ran side by side, the one that was complete first. Behind what failed, was stopped or was cut off, it waits
/// for a person, or for the next reply there that is complete.
public record PromptQueue(Database database, String owner) {
    private static final int MAX = 20;
    private static final int MAX_BYTES = 4_000_000;
    private static final String FROM = """
            from queued_prompt join chat on chat.id = queued_prompt.chat
                left join message on message.id = queued_prompt.behind and message.chat = chat.id
            where\s""";
    private static final String DUE = FROM + """
            (queued_prompt.behind is null or message.status = 'complete')
            and not exists (select 1 from message as busy where busy.chat = chat.id and busy.status = 'streaming')""";

    /// @param created epoch milliseconds
    /// @param uploads the ids of the files beside it
    /// @param unfit   whether it was passed over, since its model could not be given it
    public record Queued(String id, String prompt, long created, List<String> uploads, boolean unfit) {}

    /// What became of an addition: it waits, or was sent when it came before.
    public record Added(Queued queued, boolean fresh, Optional<AcceptedPrompt> sent) {}

    /// A chat with a prompt that is to be sent now.
    public record Due(String owner, String chat) {}

    /// In the order in which they will be sent.
    ///
    /// @throws Refused where there is no such chat
    public List<Queued> list(String chat) {
        return database.read(sql -> {
            require(sql, chat);
            return sql.list("select * from queued_prompt where chat = ? order by place", row -> row(sql, row), chat);
        });
    }

    /// Adds a prompt; the same one under the same id is added once.
    ///
    /// @param fingerprint tells apart two different prompts that wear the same id
    /// @throws Refused where there is no such chat, the id was used otherwise, or too much waits
    public Added add(String chat, String id, String prompt, List<String> uploads, String fingerprint) {
        return database.write(sql -> {
            require(sql, chat);
            var queued = new Queued(id, prompt, System.currentTimeMillis(), uploads, false);
            var sent = IdempotencyKeys.before(sql, NewPrompt.queued(owner, id, fingerprint, chat, prompt, uploads));
            var there = sent.isPresent() ? Optional.<Queued>empty() : waiting(sql, id, fingerprint);
            if (sent.isPresent() || there.isPresent()) {
                return new Added(there.orElse(queued), false, sent);
            }
            insert(sql, chat, queued, fingerprint);
            return new Added(queued, true, Optional.empty());
        });
    }

    private Optional<Queued> waiting(Sql sql, String id, String fingerprint) {
        return sql.first("""
                select queued_prompt.* from queued_prompt join chat on chat.id = queued_prompt.chat
                where chat.owner = ? and queued_prompt.id = ?""",
                row -> {
                    IdempotencyKeys.refuseReused(!row.text("fingerprint").equals(fingerprint));
                    return row(sql, row);
                }, owner, id);
    }

    private void insert(Sql sql, String chat, Queued queued, String fingerprint) {
        var behind = RunningReply.idsIn(sql, chat).reversed().stream().findFirst().or(() -> Messages.newest(sql, chat));
        sql.update("insert into queued_prompt (chat, id, prompt, fingerprint, behind, created) values (?, ?, ?, ?, ?, ?)",
                chat, queued.id(),
                queued.prompt(), fingerprint, behind, queued.created());
        for (int i = 0; i < queued.uploads().size(); i++) {
            if (sql.update("""
                    insert into queued_file (chat, prompt, position, upload) select ?, ?, ?, id from upload where id = ? and owner = ?""",
                    chat, queued.id(), i, queued.uploads().get(i), owner) == 0) {
                throw Uploads.unknown();
            }
        }
        refuseTooMuch(sql, chat);
        Notifications.changed(database, sql, owner, chat, Change.CHANGED);
    }

    /// Looked at behind the change, which is undone with it.
    private static void refuseTooMuch(Sql sql, String chat) {
        if (sql.number("select count(*) from queued_prompt where chat = ?", chat) > MAX
                || sql.number("select coalesce(sum(octet_length(prompt)), 0) from queued_prompt where chat = ?", chat) > MAX_BYTES) {
            throw Refused.conflict("queue-full", "%d prompts with %,d bytes in all can wait in a chat.".formatted(MAX, MAX_BYTES));
        }
    }

    /// @throws Refused where it does not wait there (any more)
    public Queued change(String chat, String id, String prompt) {
        return database.write(sql -> {
            require(sql, chat);
            var changed = sql.first("""
                    update queued_prompt set prompt = ?, behind = case when behind = id
                        then (select max(id) from message where message.chat = queued_prompt.chat) else behind end
                    where chat = ? and id = ? returning *""",
                    row -> row(sql, row), prompt, chat, id).orElseThrow(Refused::notFound);
            refuseTooMuch(sql, chat);
            Notifications.changed(database, sql, owner, chat, Change.CHANGED);
            return changed;
        });
    }

    /// @throws Refused where it does not wait there (any more)
    public void remove(String chat, String id) {
        database.write(sql -> {
            require(sql, chat);
            Refused.requireFound(sql.update("delete from queued_prompt where chat = ? and id = ?", chat, id) > 0);
            Notifications.changed(database, sql, owner, chat, Change.CHANGED);
            sql.afterCommit(database::wipe);
            return null;
        });
        new UploadFiles(database.uploads()).sweep(database);
    }

    private void require(Sql sql, String chat) {
        Chats.find(sql, owner, chat).orElseThrow(Refused::notFound);
    }

    /// What was given to one that does not wait there any more since it was sent.
    public Optional<AcceptedPrompt> sent(String chat, String id) {
        return database.read(sql -> IdempotencyKeys.sent(sql, owner, id)).filter(sent -> sent.chat().equals(chat));
    }

    /// The replies that stand in the way of one that waits there.
    public List<String> runningBefore(String chat, String id) {
        return database.read(sql -> sql.list("""
                select message.id from queued_prompt join chat on chat.id = queued_prompt.chat
                    join message on message.chat = chat.id and message.status = 'streaming'
                where queued_prompt.chat = ? and queued_prompt.id = ? and chat.owner = ?""", row -> row.text("id"), chat, id, owner));
    }

    /// The chats in which one is due and no reply runs.
    public static List<Due> due(Database database) {
        return database.read(sql -> sql.list("select distinct chat.owner, chat.id " + DUE,
                row -> new Due(row.text("owner"), row.text("id"))));
    }

    /// Passes over one that its model cannot be given, until the next reply in its chat is complete: it waits behind itself so long.
    public static void passOver(Database database, NewPrompt prompt) {
        database.write(sql -> {
            sql.update("update queued_prompt set behind = id where chat = ? and id = ?", prompt.chat(), prompt.send());
            Notifications.changed(database, sql, prompt.owner(), prompt.chat().orElseThrow(), Change.CHANGED);
            return null;
        });
    }

    /// The first one that is due, or the one that is named.
    public static Optional<NewPrompt> next(Database database, String owner, String chat, Optional<String> id) {
        return database.read(sql -> next(sql, owner, chat, id));
    }

    static Optional<NewPrompt> next(Sql sql, String owner, String chat, Optional<String> id) {
        var next = id.isPresent()
                ? sql.first("select queued_prompt.* " + FROM + "chat.id = ? and chat.owner = ? and queued_prompt.id = ?",
                        row -> prompt(sql, row, owner), chat, owner, id)
                : sql.first("select queued_prompt.* " + DUE + " and chat.id = ? and chat.owner = ? order by place limit 1",
                        row -> prompt(sql, row, owner), chat, owner);
        return next.map(prompt -> prompt.parent() instanceof Parent.Id(var message) && Messages.find(sql, chat, message).isEmpty()
                ? prompt.under(new Parent.Newest()) : prompt);
    }

    /// It is sent. Its files stay where a message has them by now.
    static void sent(Sql sql, NewPrompt prompt) {
        sql.update("delete from queued_prompt where chat = ? and id = ?", prompt.chat(), prompt.send());
    }

    private static NewPrompt prompt(Sql sql, Row row, String owner) {
        var behind = row.optionalText("behind");
        return NewPrompt.queued(owner, row.text("id"), row.text("fingerprint"), row.text("chat"), row.text("prompt"),
                uploads(sql, row)).under(behind.<Parent>map(Parent.Id::new).orElse(new Parent.Newest()));
    }

    /// What waits in a chat waits for the reply that was started there last, and for what runs beside it.
    static void waitFor(Sql sql, String chat, String reply) {
        if (RunningReply.idsIn(sql, chat).isEmpty()) {
            sql.update("update queued_prompt set behind = ? where chat = ?", reply, chat);
        }
    }

    /// The same of a reply that goes on; what waits behind a complete reply beside it stays there.
    static void waitForResumed(Sql sql, Reply reply) {
        if (RunningReply.idsIn(sql, reply.chat()).isEmpty()) {
            sql.update("""
                    update queued_prompt set behind = ?
                    where chat = ? and not exists (
                        select 1 from message where id = queued_prompt.behind and parent = ? and status = 'complete')""",
                    reply.id(), reply.chat(), reply.prompt());
        }
    }

    /// The first reply that is complete, of several that run side by side, is the one to go on from.
    static void complete(Sql sql, Reply reply) {
        sql.update("""
                update queued_prompt set behind = ?
                where chat = ? and not exists (
                    select 1 from message
                    where id = queued_prompt.behind and chat = queued_prompt.chat and status = 'complete')""",
                reply.id(), reply.chat());
    }

    private static Queued row(Sql sql, Row row) {
        return new Queued(row.text("id"), row.text("prompt"), row.number("created"), uploads(sql, row),
                row.text("id").equals(row.text("behind")));
    }

    private static List<String> uploads(Sql sql, Row row) {
        return sql.list("select upload from queued_file where chat = ? and prompt = ? order by position", file -> file.text("upload"),
                row.text("chat"), row.text("id"));
    }
}
