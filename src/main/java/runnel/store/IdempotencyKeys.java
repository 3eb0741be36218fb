package runnel.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import runnel.chat.Refused;

/// What clients have sent under ids of their own, so that the same send again is answered, not asked again.
public final class IdempotencyKeys {
    private IdempotencyKeys() {}

    /// The reply of one of several models.
    public record Answer(String reply, String model) {}

    private record Row(String fingerprint, AcceptedPrompt sent) {}

    /// What an equal send before this one was given.
    ///
    /// @throws Refused where the id was used for something else
    public static Optional<AcceptedPrompt> before(Database database, NewPrompt newPrompt) {
        return newPrompt.send().isEmpty() ? Optional.empty() : database.read(sql -> before(sql, newPrompt));
    }

    static Optional<AcceptedPrompt> before(Sql sql, NewPrompt newPrompt) {
        var earlier = newPrompt.send().flatMap(id -> find(sql, newPrompt.owner(), id));
        if (earlier.isPresent() && !earlier.get().fingerprint().equals(newPrompt.fingerprint())) {
            throw Refused.conflict("id-reused", "This id was used for another prompt.");
        }
        return earlier.map(Row::sent);
    }

    private static Optional<Row> find(Sql sql, String owner, String id) {
        return sql.first("select * from send where owner = ? and id = ?", row -> row(sql, row), owner, id);
    }

    static Optional<AcceptedPrompt> sent(Sql sql, String owner, String id) {
        return find(sql, owner, id).map(Row::sent);
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

    private static Row row(Sql sql, ResultSet row) throws SQLException {
        var answers = sql.list("select reply, model from send_reply where owner = ? and send = ? order by position",
                answer -> new Answer(answer.getString("reply"), answer.getString("model")), row.getString("owner"), row.getString("id"));
        return new Row(row.getString("fingerprint"),
                new AcceptedPrompt(row.getString("chat"), row.getString("message"), row.getString("reply"), answers, false));
    }
}
