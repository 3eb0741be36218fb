package runnel.store.reply;

import java.util.List;
import java.util.Optional;
import runnel.chat.Refused;
import runnel.store.Database;
import runnel.store.Sql;

/// What clients have sent under ids of their own, so that the same send again is answered, not asked again.
public final class IdempotencyKeys {
    private IdempotencyKeys() {}

    /// The reply of one of several models.
    public record Answer(String reply, String model) {}

    /// What an equal send before this one was given.
    ///
    /// @throws Refused where the id was used for something else
    public static Optional<AcceptedPrompt> before(Database database, NewPrompt newPrompt) {
        return newPrompt.send().isEmpty() ? Optional.empty() : database.read(sql -> before(sql, newPrompt));
    }

    static Optional<AcceptedPrompt> before(Sql sql, NewPrompt newPrompt) {
        return newPrompt.send().flatMap(id -> {
            refuseReused(sql.exists("select 1 from send where owner = ? and id = ? and fingerprint <> ?", newPrompt.owner(), id,
                    newPrompt.fingerprint()));
            return sent(sql, newPrompt.owner(), id);
        });
    }

    static void refuseReused(boolean reused) {
        if (reused) {
            throw Refused.conflict("id-reused", "This id was used for another prompt.");
        }
    }

    static Optional<AcceptedPrompt> sent(Sql sql, String owner, String id) {
        return sql.first("select * from send where owner = ? and id = ?", row -> new AcceptedPrompt(row.text("chat"), row.text("message"),
                row.text("reply"), answers(sql, owner, id), false), owner, id);
    }

    private static List<Answer> answers(Sql sql, String owner, String id) {
        return sql.list("select reply, model from send_reply where owner = ? and send = ? order by position",
                row -> new Answer(row.text("reply"), row.text("model")), owner, id);
    }

    static void insert(Sql sql, NewPrompt newPrompt, AcceptedPrompt sent) {
        newPrompt.send().ifPresent(id -> sql.update("""
                insert into send (owner, id, fingerprint, chat, message, reply)
                values (?, ?, ?, ?, ?, ?)""",
                newPrompt.owner(), id, newPrompt.fingerprint(), sent.chat(), sent.message(), sent.reply()));
        for (int i = 0; newPrompt.send().isPresent() && i < sent.answers().size(); i++) {
            var answer = sent.answers().get(i);
            sql.update("insert into send_reply (owner, send, position, reply, model) values (?, ?, ?, ?, ?)", newPrompt.owner(),
                    newPrompt.send(), i, answer.reply(), answer.model());
        }
    }
}
