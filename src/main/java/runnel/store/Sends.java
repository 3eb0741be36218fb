package runnel.store;

import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
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
        return ask.send().isEmpty() ? Optional.empty() : database.read(handle -> before(handle, ask));
    }

    static Optional<Sent> before(Handle handle, Ask ask) {
        var earlier = ask.send().flatMap(id -> handle.createQuery("select * from send where owner = :owner and id = :id")
                .bind("owner", ask.owner()).bind("id", id)
                .map((row, context) -> new Row(row.getString("fingerprint"),
                        new Sent(row.getString("chat"), row.getString("message"), row.getString("reply")))).findOne());
        if (earlier.isPresent() && !earlier.get().fingerprint().equals(ask.fingerprint())) {
            throw Refused.conflict("id-reused", "This id was used for another prompt.", Map.of());
        }
        return earlier.map(Row::sent);
    }

    static void insert(Handle handle, Ask ask, Sent sent) {
        ask.send().ifPresent(id -> handle.createUpdate("""
                        insert into send (owner, id, fingerprint, chat, message, reply)
                        values (:owner, :id, :fingerprint, :chat, :message, :reply)""")
                .bind("owner", ask.owner()).bind("id", id).bind("fingerprint", ask.fingerprint())
                .bind("chat", sent.chat()).bind("message", sent.message()).bind("reply", sent.reply()).execute());
    }
}
