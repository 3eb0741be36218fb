package runnel.store;

import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import runnel.chat.Chat;
import runnel.chat.Id;
import runnel.chat.Notification.Change;
import runnel.chat.Parent;
import runnel.chat.Refused;
import runnel.chat.Reply;
import runnel.chat.Snapshot;
import runnel.chat.Status;

/// How a reply begins, or begins again. Once it is opened it is in the database as running, it has one writer, and its
/// chat takes no other prompt, until [StoredReplies#end].
/// Each call is one transaction.
public final class Openings {
    private static final Snapshot NOTHING = Snapshot.of("", "", 0, Optional.empty());

    private final Database database;
    private final String defaultSystem;

    /// @param defaultSystem the first message of chats that were given none
    public Openings(Database database, String defaultSystem) {
        this.database = database;
        this.defaultSystem = defaultSystem;
    }

    /// Writes a prompt and the reply that is to come, unless an equal send did so before.
    ///
    /// @return what was opened, or nothing where there was an equal send
    /// @throws Refused where the chat or the parent is not there, the chat is busy, or the send's id was used otherwise
    public Optional<Opened> ask(Ask ask) {
        return database.write(handle -> Sends.before(handle, ask).isPresent() ? Optional.empty()
                : Optional.of(ask(handle, ask)));
    }

    private Opened ask(Handle handle, Ask ask) {
        long now = System.currentTimeMillis();
        var chat = ask.chat().isPresent() ? goingOn(handle, ask, now) : begun(handle, ask, now);
        var prompt = Id.next(); // made before the reply's id, since messages are sorted by their ids
        var reply = new Reply(Id.next(), chat.id(), ask.owner(), prompt, ask.model().orElseThrow(), Id.epoch(), 0);
        Messages.insertPrompt(handle, prompt, chat.id(), parent(handle, ask.parent(), chat.id()), ask.prompt(), now);
        Sends.insert(handle, ask, new Sends.Sent(chat.id(), prompt, reply.id()));
        return insert(handle, reply, chat.system(), now);
    }

    private Chat begun(Handle handle, Ask ask, long now) {
        var chat = new Chat(Id.next(), ask.owner(), Chat.titleFor(ask.prompt()), ask.model(),
                ask.system().orElse(defaultSystem), false, false, now, now);
        Chats.insert(handle, chat);
        Notifications.changed(database, handle, chat.owner(), chat.id(), Change.CREATED);
        return chat;
    }

    private Chat goingOn(Handle handle, Ask ask, long now) {
        var chat = Chats.find(handle, ask.owner(), ask.chat().orElseThrow()).orElseThrow(Refused::notFound);
        refuseBusy(handle, chat.id());
        handle.createUpdate("update chat set updated = :now, model = :model, system = :system where id = :id")
                .bind("now", now).bind("model", ask.model().orElseThrow()).bind("system", ask.system().orElse(chat.system()))
                .bind("id", chat.id()).execute();
        Notifications.changed(database, handle, chat.owner(), chat.id(), Change.CHANGED);
        return Chats.find(handle, ask.owner(), chat.id()).orElseThrow();
    }

    private static Optional<String> parent(Handle handle, Parent parent, String chat) {
        return switch (parent) {
            case Parent.Newest _ -> Messages.newest(handle, chat);
            case Parent.None _ -> Optional.empty();
            case Parent.Id(var id) -> Optional.of(Messages.find(handle, chat, id).orElseThrow(Refused::notFound).id());
        };
    }

    /// Opens another reply to the prompt of `reply`, beside it.
    ///
    /// @param model the model to ask this time, where another than before
    /// @throws Refused where there is no such reply or its chat is busy
    public Opened again(String owner, String reply, Optional<String> model) {
        return database.write(handle -> {
            var old = StoredReplies.find(handle, owner, reply).orElseThrow(Refused::notFound).reply();
            refuseBusy(handle, old.chat());
            long now = System.currentTimeMillis();
            var fresh = new Reply(Id.next(), old.chat(), owner, old.prompt(), model.orElse(old.model()), Id.epoch(), 0);
            handle.createUpdate("update chat set updated = :now, model = :model where id = :id")
                    .bind("now", now).bind("model", fresh.model()).bind("id", old.chat()).execute();
            Notifications.changed(database, handle, owner, old.chat(), Change.CHANGED);
            return insert(handle, fresh, system(handle, owner, old.chat()), now);
        });
    }

    /// Opens a reply again that has ended, to append to its text.
    ///
    /// @throws Refused where there is no such reply, its chat is busy, or it was not cut off
    public Opened goOn(String owner, String reply) {
        return database.write(handle -> {
            var old = StoredReplies.find(handle, owner, reply).orElseThrow(Refused::notFound);
            refuseBusy(handle, old.reply().chat());
            refuseWhole(old.text());
            handle.createUpdate("""
                            update message set status = 'streaming', finish_reason = null, error_code = null, error_status = null,
                                error_title = null, error_detail = null where id = :id""").bind("id", reply).execute();
            handle.createUpdate("delete from unfinished where reply = :id").bind("id", reply).execute();
            Chats.touch(handle, old.reply().chat(), System.currentTimeMillis());
            Notifications.changed(database, handle, owner, old.reply().chat(), Change.CHANGED);
            return new Opened(old.reply(), old.text().running(), system(handle, owner, old.reply().chat()));
        });
    }

    private static void refuseWhole(Snapshot text) {
        var end = text.end().orElseThrow();
        boolean cut = end.status() != Status.COMPLETE || end.finishReason().filter("length"::equals).isPresent();
        if (!cut) {
            throw Refused.conflict("nothing-to-continue", "This reply is complete: there is nothing to continue.", Map.of());
        }
    }

    private static void refuseBusy(Handle handle, String chat) {
        Messages.runningIn(handle, chat).ifPresent(reply -> {
            throw Refused.conflict("chat-busy", "This chat is still answering. Wait for the reply, or stop it.", Map.of("reply", reply));
        });
    }

    private static String system(Handle handle, String owner, String chat) {
        return Chats.find(handle, owner, chat).orElseThrow(Refused::notFound).system();
    }

    private static Opened insert(Handle handle, Reply reply, String system, long now) {
        handle.createUpdate("""
                        insert into message (id, chat, parent, role, content, status, model, epoch, created)
                        values (:id, :chat, :prompt, 'assistant', '', 'streaming', :model, :epoch, :now)""")
                .bind("id", reply.id()).bind("chat", reply.chat()).bind("prompt", reply.prompt())
                .bind("model", reply.model()).bind("epoch", reply.epoch()).bind("now", now).execute();
        return new Opened(reply, NOTHING, system);
    }
}
