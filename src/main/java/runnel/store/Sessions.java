package runnel.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import runnel.account.Credential;
import runnel.account.Lifetime;
import runnel.account.Session;
import runnel.account.Token;
import runnel.chat.Id;
import runnel.chat.Secret;

/// The browsers that are logged in.
public final class Sessions {
    /// How far `seen` may lie behind, so that not every request writes.
    private static final long SEEN_MILLIS = 60_000;

    private final Database database;

    public Sessions(Database database) {
        this.database = database;
    }

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
        long now = System.currentTimeMillis();
        var found = database.read(sql -> sql.first("""
                select session.id as session, session.seen, session.ends, session.idle, account.*
                from session join account on account.id = session.account
                where session.hash = ? and session.ends > ? and session.seen + session.idle > ? and not account.disabled""",
                Sessions::seen, Token.hash(cookie), now, now));
        found.filter(seen -> now - seen.at > SEEN_MILLIS).ifPresent(seen -> touch(seen.credential.id(), now));
        return found.map(Seen::credential);
    }

    private record Seen(Credential credential, long at) {}

    private static Seen seen(ResultSet row) throws SQLException {
        var credential = new Credential(Credential.Kind.SESSION, row.getString("session"), Accounts.user(row, "id"), OptionalLong.of(row.getLong("ends")));
        return new Seen(credential, row.getLong("seen"));
    }

    private void touch(String id, long now) {
        database.write(sql -> sql.update("update session set seen = ? where id = ?", now, id));
    }

    /// Whether a session that has let somebody in would do so still.
    static boolean lasts(Sql sql, String id, long now) {
        return sql.number("""
                select count(*) from session join account on account.id = session.account
                where session.id = ? and session.ends > ? and session.seen + session.idle > ? and not account.disabled""", id, now, now) > 0;
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
        return database.write(sql -> {
            int ended = sql.update("delete from session where account = ? and id = ?", account, id);
            Revocations.count(sql);
            return ended > 0;
        });
    }

    /// Ends all of an account but one.
    public void endOthers(String account, String kept) {
        database.write(sql -> {
            sql.update("delete from session where account = ? and id <> ?", account, kept);
            return Revocations.count(sql);
        });
    }

    static void endAll(Sql sql, String account) {
        sql.update("delete from session where account = ?", account);
        Revocations.count(sql);
    }

    private static Session row(ResultSet row) throws SQLException {
        return new Session(row.getString("id"), row.getString("account"), row.getBoolean("remember"), row.getString("agent"),
                row.getString("address"), row.getLong("created"), row.getLong("seen"));
    }
}
