package runnel.store.account;

import java.util.List;
import java.util.Optional;
import runnel.account.Credential;
import runnel.account.PersonalToken;
import runnel.account.Token;
import runnel.chat.Id;
import runnel.chat.Refused;
import runnel.chat.Secret;
import runnel.store.Database;
import runnel.store.Row;
import runnel.store.Sql;

/// What lets scripts in, by `Authorization: Bearer`.
public record PersonalTokens(Database database) {
    private static final int MAX = 100;

    /// A new token, and what it is, which is known now and never again.
    public record Made(PersonalToken token, Secret value) {}

    /// @param ends epoch milliseconds
    /// @throws Refused where the account has too many
    public Made make(String account, String name, Optional<Long> ends) {
        var value = Token.personal();
        var token = new PersonalToken(Id.next(), name, System.currentTimeMillis(), Optional.empty(), ends);
        database.write(sql -> {
            if (sql.number("select count(*) from token where account = ?", account) >= MAX) {
                throw Refused.conflict("too-many-tokens", "An account can have %d tokens. Delete some first.".formatted(MAX));
            }
            return sql.update("insert into token (id, hash, account, name, created, ends) values (?, ?, ?, ?, ?, ?)",
                    token.id(), Token.hash(value), account, name, token.created(), ends);
        });
        return new Made(token, value);
    }

    /// Whom a token lets in.
    public Optional<Credential> pass(Secret value) {
        return CredentialRows.TOKEN.use(database, value);
    }

    /// The tokens of an account, the newest first.
    public List<PersonalToken> list(String account) {
        return database.read(sql -> sql.list("select * from token where account = ? order by id desc", PersonalTokens::row, account));
    }

    /// @return whether there was such a token
    public boolean delete(String account, String id) {
        return CredentialRows.TOKEN.end(database, account, id);
    }

    static void deleteAll(Sql sql, String account) {
        sql.update("delete from token where account = ?", account);
    }

    private static PersonalToken row(Row row) {
        return new PersonalToken(row.text("id"), row.text("name"), row.number("created"),
                row.optionalNumber("used"), row.optionalNumber("ends"));
    }
}
