package runnel.store.account;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import runnel.account.Credential;
import runnel.account.Token;
import runnel.chat.Secret;
import runnel.store.Database;
import runnel.store.Row;
import runnel.store.Sql;
import runnel.store.StoreException;
import runnel.store.chat.Revocations;
import runnel.store.chat.Shares;

/// The rows that let somebody in: each holds the hash of a secret, ends at some time, and tells when it was used last.
public enum CredentialRows {
    SESSION(Credential.Kind.SESSION, "session", "seen",
            "case when session.ends < session.seen + session.idle then session.ends else session.seen + session.idle end"),
    TOKEN(Credential.Kind.TOKEN, "token", "used", "coalesce(token.ends, " + Long.MAX_VALUE + ")");

    /// How far the last use may lie behind, so that not every request writes.
    private static final long USED_MILLIS = 60_000;

    /// Whose use is being written down.
    private static final Set<String> NOTING = ConcurrentHashMap.newKeySet();

    private final Credential.Kind kind;
    private final String find;
    private final String lasts;
    private final String touch;
    private final String end;

    CredentialRows(Credential.Kind kind, String table, String used, String ends) {
        var good = " from %1$s join account on account.id = %1$s.account where %2$s > ? and not account.disabled and %1$s."
                .formatted(table, ends);
        this.kind = kind;
        this.find = "select account.*, %1$s.id as credential, %1$s.%2$s as used, %1$s.ends".formatted(table, used) + good + "hash = ?";
        this.lasts = "select count(*)" + good + "id = ?";
        this.touch = "update %1$s set %2$s = ? where id = ? and coalesce(%2$s, 0) = ?".formatted(table, used);
        this.end = "delete from " + table + " where account = ? and id = ?";
    }

    private record Used(Credential credential, long at) {}

    /// Whom a secret lets in; and notes that it did, for which nobody waits: whoever only reads needs neither room nor a free lock.
    Optional<Credential> use(Database database, Secret secret) {
        long now = System.currentTimeMillis();
        var found = database.read(sql -> sql.first(find, this::row, now, Token.hash(secret)));
        found.filter(used -> now - used.at > USED_MILLIS && NOTING.add(used.credential.id()))
                .ifPresent(used -> Thread.ofVirtual().name("credential-use").start(() -> note(database, used, now)));
        return found.map(Used::credential);
    }

    private void note(Database database, Used used, long now) {
        var id = used.credential.id();
        try {
            database.write(sql -> sql.update(touch, now, id, used.at));
        } catch (StoreException full) {
            // it is noted the next time
        } finally {
            NOTING.remove(id);
        }
    }

    private Used row(Row row) {
        var credential = new Credential(kind, row.text("credential"), Accounts.user(row, "id"), row.optionalNumber("ends"));
        return new Used(credential, row.number("used"));
    }

    /// @return whether the account had such a one
    boolean end(Database database, String account, String id) {
        return database.write(sql -> {
            int ended = sql.update(end, account, id);
            Revocations.count(sql);
            return ended > 0;
        });
    }

    private boolean lasts(Sql sql, String id, long now) {
        return sql.number(lasts, now, id) > 0;
    }

    /// Those that would not let anybody in any more.
    public static List<Credential> over(Database database, Collection<Credential> credentials) {
        long now = System.currentTimeMillis();
        return credentials.isEmpty() ? List.of() : database.read(sql -> credentials.stream().filter(each -> switch (each.kind()) {
            case LOCAL -> false;
            case SESSION -> !SESSION.lasts(sql, each.id(), now);
            case SHARE -> !Shares.lasts(sql, each.id(), now);
            case TOKEN -> !TOKEN.lasts(sql, each.id(), now);
        }).toList());
    }
}
