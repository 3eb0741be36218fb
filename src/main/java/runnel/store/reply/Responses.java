package runnel.store.reply;

import java.util.Optional;
import java.util.Set;
import runnel.chat.Notification.Change;
import runnel.chat.Reply;
import runnel.store.Database;
import runnel.store.Sql;
import runnel.store.chat.Deletion;
import runnel.store.chat.Notifications;
import runnel.store.chat.Shares;

/// What OpenAI's Responses API wants to know of replies besides their text.
public record Responses(Database database) {
    /// @param request  the fields that say how to answer, where it was asked for by the API
    /// @param previous the reply that the prompt follows
    public record Facts(Optional<String> request, Optional<String> previous) {}

    /// @param input the items that it was sent as, where they are more than its text
    public record Prompt(String text, Optional<String> input) {}

    /// @return nothing where there is no such prompt, or it is somebody else's
    public Optional<Prompt> prompt(String owner, String id) {
        return database.read(sql -> sql.first("""
                select content, input from message join chat on chat.id = message.chat
                where message.id = ? and chat.owner = ? and role = 'user'""",
                row -> new Prompt(row.text("content"), row.optionalText("input")), id, owner));
    }

    public Facts facts(Reply reply) {
        return database.read(sql -> sql.first("""
                select reply.request, before.id as previous
                from message as reply join message as prompt on prompt.id = reply.parent
                    left join message as before on before.id = prompt.parent and before.role = 'assistant'
                where reply.id = ?""",
                row -> new Facts(row.optionalText("request"), row.optionalText("previous")), reply.id()))
                .orElseGet(() -> new Facts(Optional.empty(), Optional.empty()));
    }

    /// When a reply ended, in epoch milliseconds, where that is known.
    public Optional<Long> ended(Reply reply) {
        return database.read(sql -> sql.first("select ended from message where id = ? and ended > 0",
                row -> row.number("ended"), reply.id()));
    }

    /// Deletes a reply that has ended, and its prompt where that has no other. What followed follows what stood before; a chat of
    /// which nothing is left is deleted.
    ///
    /// @return whether it was there
    public boolean delete(Reply reply) {
        boolean deleted = database.write(sql -> {
            boolean there = sql.exists("select 1 from message where id = ? and status <> 'streaming'", reply.id());
            if (there) {
                delete(sql, reply);
                sql.afterCommit(database::wipe);
            }
            return there;
        });
        if (deleted) {
            Deletion.finishSoon(database);
        }
        return deleted;
    }

    private void delete(Sql sql, Reply reply) {
        remove(sql, reply, reply.id());
        if (!sql.exists("select 1 from message where parent = ? and role = 'assistant'", reply.prompt())) {
            remove(sql, reply, reply.prompt());
        }
        boolean empty = !sql.exists("select 1 from message where chat = ?", reply.chat());
        if (empty) {
            Deletion.begin(sql, reply.owner(), reply.chat());
        }
        Notifications.changed(database, sql, reply.owner(), reply.chat(), empty ? Change.DELETED : Change.CHANGED);
    }

    private static void remove(Sql sql, Reply reply, String message) {
        Shares.endWhereShown(sql, reply.chat(), Set.of(message));
        sql.update("update message set parent = (select parent from message where id = ?) where parent = ?", message, message);
        sql.update("delete from message where id = ?", message);
    }
}
