package runnel.store.reply;

import java.util.List;
import java.util.Optional;
import runnel.chat.Asked;
import runnel.chat.Chat;
import runnel.chat.FunctionCall;
import runnel.chat.Id;
import runnel.chat.Notification.Change;
import runnel.chat.Parent;
import runnel.chat.Refused;
import runnel.chat.Reply;
import runnel.chat.Role;
import runnel.chat.Sampling;
import runnel.chat.Snapshot;
import runnel.chat.Status;
import runnel.chat.Turn;
import runnel.store.Database;
import runnel.store.Sql;
import runnel.store.chat.Chats;
import runnel.store.chat.Messages;
import runnel.store.chat.Notifications;
import runnel.store.chat.RunningReply;
import runnel.store.chat.Uploads;

/// How a reply begins, or begins again. Once it is opened it is in the database as running, it has one writer, and its
/// chat takes no other prompt, until [StoredReplies#end]; only other models may answer the same prompt meanwhile.
/// Each call is one transaction.
///
/// @param defaultSystem the first message of chats that were given none; `none` for no message
public record ReplyStarts(Database database, String defaultSystem) {
    public ReplyStarts {
        defaultSystem = firstMessage(defaultSystem);
    }

    public static String firstMessage(String set) {
        return set.strip().equalsIgnoreCase("none") ? "" : set;
    }

    /// Writes a prompt and the reply that is to come, unless an equal send did so before.
    ///
    /// @return what was opened, or nothing where there was an equal send
    /// @throws Refused where the chat or the parent is not there, the chat is busy, or the send's id was used otherwise
    public Optional<StartedReplies> ask(NewPrompt newPrompt, Sampling sampling) {
        return database.write(sql -> IdempotencyKeys.before(sql, newPrompt).isPresent() ? Optional.empty()
                : Optional.of(newPrompt.chat().map(chat -> resumed(sql, newPrompt, sampling, chat))
                        .orElseGet(() -> begun(sql, newPrompt, sampling))));
    }

    /// Sends the first prompt that is due in a chat's queue, or the one that is named.
    ///
    /// @return nothing where none is
    /// @throws Refused where the chat is busy
    public Optional<StartedReplies> queued(String owner, String chat, Optional<String> id, String model) {
        return database.write(sql -> {
            var next = PromptQueue.next(sql, owner, chat, id);
            var started = next.filter(prompt -> IdempotencyKeys.before(sql, prompt).isEmpty())
                    .map(prompt -> resumed(sql, prompt.answeredBy(model), Sampling.DEFAULT, chat));
            next.ifPresent(prompt -> PromptQueue.sent(sql, prompt));
            return started;
        });
    }

    private StartedReplies begun(Sql sql, NewPrompt newPrompt, Sampling sampling) {
        Refused.requireFound(!(newPrompt.parent() instanceof Parent.Id));
        long now = System.currentTimeMillis();
        var chat = new Chat(Id.next(), newPrompt.owner(), Chat.titleFor(newPrompt.prompt()), newPrompt.model(),
                newPrompt.system().orElse(defaultSystem), false, false, now, now,
                newPrompt.keep().sampling(), newPrompt.keep().temporary(), List.of());
        Chats.insert(sql, chat);
        if (sampling.asked().isEmpty() && !chat.temporary()) {
            sql.update("update chat set untitled = 1 where id = ?", chat.id());
        }
        Notifications.changed(database, sql, chat.owner(), chat.id(), Change.CREATED);
        var replies = prompted(sql, newPrompt, sampling, chat.id(), Optional.empty());
        var prompt = new Turn(Role.USER, newPrompt.prompt(), List.of(), sampling.asked().flatMap(Asked::input), List.of());
        return new StartedReplies(replies, Snapshot.EMPTY, sampling, chat.system(),
                Optional.of(List.of(prompt)).filter(_ -> newPrompt.attachments().isEmpty()));
    }

    private StartedReplies resumed(Sql sql, NewPrompt newPrompt, Sampling given, String chat) {
        long now = System.currentTimeMillis();
        var keep = newPrompt.keep().sampling();
        var there = sql.first("""
                update chat set updated = ?, model = ?, system = coalesce(?, system), temperature = coalesce(?, temperature),
                    max_tokens = coalesce(?, max_tokens), reasoning_effort = coalesce(?, reasoning_effort)
                where id = ? and owner = ? returning *""",
                Chats::row, now, newPrompt.model(), newPrompt.system(), keep.temperature(), keep.maxTokens(), keep.effort(), chat,
                newPrompt.owner()).orElseThrow(Refused::notFound);
        var sampling = given.asked().isPresent() ? given : given.or(there.sampling());
        RunningReply.idsIn(sql, chat).stream().findFirst().ifPresent(RunningReply::refuse);
        Notifications.changed(database, sql, newPrompt.owner(), chat, Change.CHANGED);
        var replies = prompted(sql, newPrompt, sampling, chat, parent(sql, newPrompt.parent(), chat));
        return new StartedReplies(replies, Snapshot.EMPTY, sampling, there.system(), Optional.empty());
    }

    private static Optional<String> parent(Sql sql, Parent parent, String chat) {
        return switch (parent) {
            case Parent.Newest _ -> Messages.newest(sql, chat);
            case Parent.None _ -> Optional.empty();
            case Parent.Id(var id) -> Optional.of(Messages.find(sql, chat, id).orElseThrow(Refused::notFound).id());
        };
    }

    /// @return the replies of the models, in their order; that of the first is the newest, which is the one that is gone on from
    private static List<Reply> prompted(Sql sql, NewPrompt newPrompt, Sampling sampling, String chat, Optional<String> parent) {
        long now = System.currentTimeMillis();
        var prompt = Id.next(); // made before the replies' ids, since messages are sorted by their ids
        var replies = newPrompt.models().reversed().stream()
                .map(model -> new Reply(Id.next(), chat, newPrompt.owner(), prompt, model, Id.epoch(), 0)).toList().reversed();
        Messages.insertPrompt(sql, prompt, chat, parent, newPrompt.prompt(), sampling.asked().flatMap(Asked::input), now);
        Uploads.attach(sql, newPrompt.owner(), prompt, newPrompt.attachments());
        IdempotencyKeys.insert(sql, newPrompt, AcceptedPrompt.of(replies));
        replies.forEach(reply -> insert(sql, reply, sampling, now));
        return replies;
    }

    /// Opens another reply to the prompt of `reply`, beside it; also while that runs, where the model is another.
    ///
    /// @param model  the model to ask this time, where another than before
    /// @param change how to write otherwise than before
    /// @throws Refused where there is no such reply or its chat is busy
    public StartedReplies again(String owner, String reply, Optional<String> model, Sampling.Change change) {
        return database.write(sql -> {
            var old = StoredReplies.find(sql, owner, reply).orElseThrow(Refused::notFound).reply();
            var fresh = new Reply(Id.next(), old.chat(), owner, old.prompt(), model.orElse(old.model()), Id.epoch(), 0);
            RunningReply.refuseFor(sql, fresh);
            var system = touched(sql, fresh, Optional.of(fresh.model()));
            var sampling = change.of(sampling(sql, reply));
            insert(sql, fresh, sampling, System.currentTimeMillis());
            return new StartedReplies(List.of(fresh), Snapshot.EMPTY, sampling, system, Optional.empty());
        });
    }

    /// Opens a reply again that has ended, to append to its text.
    ///
    /// @throws Refused where there is no such reply, its chat is busy, or it was not cut off
    public StartedReplies resume(String owner, String reply) {
        return database.write(sql -> {
            var old = StoredReplies.find(sql, owner, reply).orElseThrow(Refused::notFound);
            RunningReply.refuseFor(sql, old.reply());
            refuseWhole(old.text());
            PromptQueue.waitForResumed(sql, old.reply());
            sql.update("""
                    update message set status = 'streaming', finish_reason = null, error_code = null, error_status = null,
                        error_title = null, error_detail = null where id = ?""", reply);
            sql.update("delete from unfinished where reply = ?", reply);
            var system = touched(sql, old.reply(), Optional.empty());
            return new StartedReplies(List.of(old.reply()), old.text().running(), sampling(sql, reply), system, Optional.empty());
        });
    }

    private static void refuseWhole(Snapshot text) {
        var end = text.end().orElseThrow();
        boolean cut = end.status() != Status.COMPLETE || end.finishReason().filter("length"::equals).isPresent();
        if (!cut || !FunctionCall.in(text).isEmpty()) {
            throw Refused.conflict("nothing-to-continue", "This reply is complete: there is nothing to continue.");
        }
    }

    /// @return the chat's first message
    private String touched(Sql sql, Reply reply, Optional<String> model) {
        Notifications.changed(database, sql, reply.owner(), reply.chat(), Change.CHANGED);
        return sql.first("update chat set updated = ?, model = coalesce(?, model) where id = ? returning system",
                row -> row.text("system"), System.currentTimeMillis(), model, reply.chat()).orElseThrow();
    }

    private static void insert(Sql sql, Reply reply, Sampling sampling, long now) {
        PromptQueue.waitFor(sql, reply.chat(), reply.id());
        sql.update("""
                insert into message (id, chat, parent, role, content, status, model, epoch, temperature, max_tokens,
                    reasoning_effort, system, request, created)
                values (?, ?, ?, 'assistant', '', 'streaming', ?, ?, ?, ?, ?, ?, ?, ?)""",
                reply.id(), reply.chat(), reply.prompt(), reply.model(), reply.epoch(),
                sampling.temperature(), sampling.maxTokens(), sampling.effort(),
                sampling.asked().map(Asked::system), sampling.asked().map(Asked::request), now);
    }

    private static Sampling sampling(Sql sql, String reply) {
        return sql.first("select temperature, max_tokens, reasoning_effort, system, request from message where id = ?", row -> {
            var request = row.text("request");
            return Chats.sampling(row, row.optionalText("system")
                    .map(message -> new Asked(message, request, Optional.empty())));
        }, reply).orElseThrow();
    }
}
