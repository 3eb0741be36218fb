package runnel.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import runnel.chat.Refused;

/// What clients have sent under ids of their own, so that the same send again is answered, not asked again.
public final class Sends {
    private Sends() {}

    /// The ids that a send was given.
    public record Sent(String chat, String message, String reply) {}

    private record Row(String fingerprint, Sent sent) {}

    /// What an equal send before this one was given.
    ///
    /// @throws Refused where the id was used for something else
    public static Optional<Sent> before(Database database, Ask ask) {
        return ask.send().isEmpty() ? Optional.empty() : database.read(sql -> before(sql, ask));
    }

    static Optional<Sent> before(Sql sql, Ask ask) {
        var earlier = ask.send().flatMap(id -> sql.first("select * from send where owner = ? and id = ?", Sends::row, ask.owner(), id));
        if (earlier.isPresent() && !earlier.get().fingerprint().equals(ask.fingerprint())) {
            throw Refused.conflict("id-reused", "This id was used for another prompt.", Map.of());
        }
        return earlier.map(Row::sent);
    }

    static void insert(Sql sql, Ask ask, Sent sent) {
        ask.send().ifPresent(id -> sql.update("""
                insert into send (owner, id, fingerprint, chat, message, reply)
                values (?, ?, ?, ?, ?, ?)""",
                ask.owner(), id, ask.fingerprint(), sent.chat(), sent.message(), sent.reply()));
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(row.getString("fingerprint"), new Sent(row.getString("chat"), row.getString("message"), row.getString("reply")));
    }
}
