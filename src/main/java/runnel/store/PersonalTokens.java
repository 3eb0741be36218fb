package runnel.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import runnel.account.Pass;
import runnel.account.PersonalToken;
import runnel.account.Token;
import runnel.chat.Id;
import runnel.chat.Refused;
import runnel.chat.Secret;

/// What lets scripts in, by `Authorization: Bearer`.
public final class PersonalTokens {
    private static final int MOST = 100;
    private static final long USED_MILLIS = 60_000;

    private final Database database;

    public PersonalTokens(Database database) {
        this.database = database;
    }

    /// A new token, and what it is, which is known now and never again.
    public record Made(PersonalToken token, Secret value) {}

    /// @param ends epoch milliseconds
    /// @throws Refused where the account has too many
    public Made make(String account, String name, OptionalLong ends) {
        var value = Token.personal();
        var token = new PersonalToken(Id.next(), name, System.currentTimeMillis(), OptionalLong.empty(), ends);
        database.write(handle -> {
            int before = handle.createQuery("select count(*) from token where account = :account").bind("account", account).mapTo(Integer.class).one();
            if (before >= MOST) {
                throw Refused.conflict("too-many-tokens", "An account can have %d tokens. Delete some first.".formatted(MOST), Map.of());
            }
            return handle.createUpdate("""
                            insert into token (id, hash, account, name, created, ends) values (:id, :hash, :account, :name, :created, :ends)""")
                    .bind("id", token.id()).bind("hash", Token.hash(value)).bind("account", account).bind("name", name)
                    .bind("created", token.created()).bind("ends", ends.isPresent() ? ends.getAsLong() : null).execute();
        });
        return new Made(token, value);
    }

    /// Whom a token lets in.
    public Optional<Pass> pass(Secret value) {
        long now = System.currentTimeMillis();
        var found = database.read(handle -> handle.createQuery("""
                        select token.id as token, token.used, token.ends, account.*
                        from token join account on account.id = token.account
                        where token.hash = :hash and (token.ends is null or token.ends > :now) and not account.disabled""")
                .bind("hash", Token.hash(value)).bind("now", now).map(PersonalTokens::seen).findOne());
        found.filter(seen -> now - seen.at > USED_MILLIS).ifPresent(seen -> touch(seen.pass.id(), now));
        return found.map(Seen::pass);
    }

    private record Seen(Pass pass, long at) {}

    private static Seen seen(ResultSet row, StatementContext context) throws SQLException {
        return new Seen(new Pass(Pass.Kind.TOKEN, row.getString("token"), Accounts.user(row, "id"), time(row, "ends")), row.getLong("used"));
    }

    private void touch(String id, long now) {
        database.write(handle -> handle.createUpdate("update token set used = :now where id = :id").bind("id", id).bind("now", now).execute());
    }

    static boolean lasts(Handle handle, String id, long now) {
        return handle.createQuery("""
                        select count(*) from token join account on account.id = token.account
                        where token.id = :id and (token.ends is null or token.ends > :now) and not account.disabled""")
                .bind("id", id).bind("now", now).mapTo(Integer.class).one() > 0;
    }

    /// The tokens of an account, the newest first.
    public List<PersonalToken> list(String account) {
        return database.read(handle -> handle.createQuery("select * from token where account = :account order by id desc")
                .bind("account", account).map(PersonalTokens::row).list());
    }

    /// @return whether there was such a token
    public boolean delete(String account, String id) {
        return database.write(handle -> {
            int deleted = handle.createUpdate("delete from token where account = :account and id = :id")
                    .bind("account", account).bind("id", id).execute();
            Revocations.count(handle);
            return deleted > 0;
        });
    }

    static void deleteAll(Handle handle, String account) {
        handle.createUpdate("delete from token where account = :account").bind("account", account).execute();
    }

    private static PersonalToken row(ResultSet row, StatementContext context) throws SQLException {
        return new PersonalToken(row.getString("id"), row.getString("name"), row.getLong("created"), time(row, "used"), time(row, "ends"));
    }

    private static OptionalLong time(ResultSet row, String column) throws SQLException {
        long time = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(time);
    }
}
