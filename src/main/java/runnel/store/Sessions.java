package runnel.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import runnel.account.Lifetime;
import runnel.account.Pass;
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
    /// @return what its cookie shall hold
    public Secret begin(String account, boolean remember, String agent, String address) {
        var secret = Token.random();
        var life = Lifetime.of(remember);
        long now = System.currentTimeMillis();
        database.write(handle -> {
            handle.createUpdate("delete from session where account = :account and (ends <= :now or seen + idle <= :now)")
                    .bind("account", account).bind("now", now).execute();
            return handle.createUpdate("""
                            insert into session (id, hash, account, remember, agent, address, created, seen, idle, ends)
                            values (:id, :hash, :account, :remember, :agent, :address, :now, :now, :idle, :ends)""")
                    .bind("id", Id.next()).bind("hash", Token.hash(secret)).bind("account", account).bind("remember", remember)
                    .bind("agent", agent).bind("address", address).bind("now", now).bind("idle", life.idle().toMillis())
                    .bind("ends", now + life.whole().toMillis()).execute();
        });
        return secret;
    }

    /// Whom a cookie lets in.
    public Optional<Pass> pass(Secret cookie) {
        long now = System.currentTimeMillis();
        var found = database.read(handle -> handle.createQuery("""
                        select session.id as session, session.seen, session.ends, session.idle, account.*
                        from session join account on account.id = session.account
                        where session.hash = :hash and session.ends > :now and session.seen + session.idle > :now and not account.disabled""")
                .bind("hash", Token.hash(cookie)).bind("now", now).map(Sessions::seen).findOne());
        found.filter(seen -> now - seen.at > SEEN_MILLIS).ifPresent(seen -> touch(seen.pass.id(), now));
        return found.map(Seen::pass);
    }

    private record Seen(Pass pass, long at) {}

    private static Seen seen(ResultSet row, StatementContext context) throws SQLException {
        var pass = new Pass(Pass.Kind.SESSION, row.getString("session"), Accounts.user(row, "id"), OptionalLong.of(row.getLong("ends")));
        return new Seen(pass, row.getLong("seen"));
    }

    private void touch(String id, long now) {
        database.write(handle -> handle.createUpdate("update session set seen = :now where id = :id").bind("id", id).bind("now", now).execute());
    }

    /// Whether a session that has let somebody in would do so still.
    static boolean lasts(Handle handle, String id, long now) {
        return handle.createQuery("""
                        select count(*) from session join account on account.id = session.account
                        where session.id = :id and session.ends > :now and not account.disabled""")
                .bind("id", id).bind("now", now).mapTo(Integer.class).one() > 0;
    }

    /// The sessions of an account, the newest first.
    public List<Session> list(String account) {
        long now = System.currentTimeMillis();
        return database.read(handle -> handle.createQuery("""
                        select * from session where account = :account and ends > :now and seen + idle > :now order by id desc""")
                .bind("account", account).bind("now", now).map(Sessions::row).list());
    }

    public Optional<Session> find(String account, String id) {
        return list(account).stream().filter(session -> session.id().equals(id)).findFirst();
    }

    /// @return whether there was such a session
    public boolean end(String account, String id) {
        return database.write(handle -> {
            int ended = handle.createUpdate("delete from session where account = :account and id = :id")
                    .bind("account", account).bind("id", id).execute();
            Revocations.count(handle);
            return ended > 0;
        });
    }

    /// Ends all of an account but one.
    public void endOthers(String account, String kept) {
        database.write(handle -> {
            handle.createUpdate("delete from session where account = :account and id <> :kept").bind("account", account).bind("kept", kept).execute();
            return Revocations.count(handle);
        });
    }

    static void endAll(Handle handle, String account) {
        handle.createUpdate("delete from session where account = :account").bind("account", account).execute();
        Revocations.count(handle);
    }

    private static Session row(ResultSet row, StatementContext context) throws SQLException {
        return new Session(row.getString("id"), row.getString("account"), row.getBoolean("remember"), row.getString("agent"),
                row.getString("address"), row.getLong("created"), row.getLong("seen"));
    }
}
