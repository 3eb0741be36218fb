package runnel.store.account;

import java.util.List;
import java.util.Optional;
import runnel.account.Credential;
import runnel.account.Lifetime;
import runnel.account.Session;
import runnel.account.Token;
import runnel.chat.Id;
import runnel.chat.Secret;
import runnel.store.Database;
import runnel.store.Row;
import runnel.store.Sql;
import runnel.store.chat.Revocations;

/// The browsers that are logged in.
public record Sessions(Database database) {
    /// Logs a browser in, and throws away the account's sessions that are over.
    ///
    /// @param password the hash that its password was compared with, where that is why it is let in
    /// @return what its cookie shall hold; nothing where the account has another password by now, which ends all sessions
    public Optional<Secret> begin(String account, Optional<String> password, boolean remember, String agent, String address) {
        var secret = Token.random();
        var life = Lifetime.of(remember);
        long now = System.currentTimeMillis();
        int begun = database.write(sql -> {
            sql.update("delete from session where account = ? and (ends <= ? or seen + idle <= ?)", account, now, now);
            return sql.update("""
                    insert into session (id, hash, account, remember, agent, address, created, seen, idle, ends)
                    select ?, ?, id, ?, ?, ?, ?, ?, ?, ? from account where id = ? and (? is null or password = ?)""",
                    Id.next(), Token.hash(secret), remember, agent, address, now, now, life.idle().toMillis(),
                    now + life.whole().toMillis(), account, password, password);
        });
        return begun > 0 ? Optional.of(secret) : Optional.empty();
    }

    /// Whom a cookie lets in.
    public Optional<Credential> pass(Secret cookie) {
        return CredentialRows.SESSION.use(database, cookie);
    }

    /// The sessions of an account, the newest first.
    public List<Session> list(String account) {
        long now = System.currentTimeMillis();
        return database.read(sql -> sql.list("select * from session where account = ? and ends > ? and seen + idle > ? order by id desc",
                Sessions::row, account, now, now));
    }

    public Optional<Session> find(String account, String id) {
        return list(account).stream().filter(session -> session.id().equals(id)).findFirst();
    }

    /// @return whether there was such a session
    public boolean end(String account, String id) {
        return CredentialRows.SESSION.end(database, account, id);
    }

    /// Ends all of an account but one.
    public void endOthers(String account, String kept) {
        database.write(sql -> {
            sql.update("delete from session where account = ? and id <> ?", account, kept);
            return Revocations.count(sql);
        });
    }

    static int endAll(Sql sql, String account) {
        sql.update("delete from session where account = ?", account);
        return Revocations.count(sql);
    }

    private static Session row(Row row) {
        return new Session(row.text("id"), row.flag("remember"), row.text("agent"), row.text("address"), row.number("created"),
                row.number("seen"));
    }
}
