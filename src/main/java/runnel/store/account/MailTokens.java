package runnel.store.account;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import runnel.account.Account;
import runnel.account.Email;
import runnel.account.Token;
import runnel.account.User;
import runnel.chat.Secret;
import runnel.store.Database;
import runnel.store.Sql;

/// Links that work once. A new one takes the place of the account's old one.
public record MailTokens(Database database) {
    enum Purpose {
        RESET, VERIFY;

        private String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// For choosing a new password.
    public Secret reset(User user, Duration life) {
        return make(user, Purpose.RESET, life);
    }

    /// For showing that the user's present address is theirs.
    public Secret verification(User user, Duration life) {
        return make(user, Purpose.VERIFY, life);
    }

    private Secret make(User user, Purpose purpose, Duration life) {
        var ticket = Token.random();
        database.write(sql -> {
            forget(sql, user.id(), purpose);
            return sql.update("insert into ticket (hash, account, purpose, address, ends) values (?, ?, ?, ?, ?)",
                    Token.hash(ticket), user.id(), purpose.wire(), new Email(user.email()).key(), System.currentTimeMillis()
                    + life.toMillis());
        });
        return ticket;
    }

    static int forget(Sql sql, String account, Purpose purpose) {
        return sql.update("delete from ticket where account = ? and purpose = ?", account, purpose.wire());
    }

    /// Whose password a reset link may choose; nobody's where it does not work any more.
    public Optional<User> holder(Secret ticket) {
        return database.read(sql -> find(sql, ticket, Purpose.RESET).flatMap(found -> Accounts.find(sql, found.account)))
                .map(Account::user);
    }

    /// Chooses a new password. Sessions and tokens end: the old password may have been somebody else's as well.
    ///
    /// @return whether the ticket was good
    public boolean reset(Secret ticket, String hash) {
        return database.write(sql -> find(sql, ticket, Purpose.RESET).map(found -> {
            Accounts.setPassword(sql, found.account, hash);
            PersonalTokens.deleteAll(sql, found.account);
            Accounts.verify(sql, found.account, found.address);
            return true;
        }).orElse(false));
    }

    /// @return whether the ticket was good, and the address is still the account's
    public boolean verify(Secret ticket) {
        return database.write(sql -> find(sql, ticket, Purpose.VERIFY).map(found -> {
            Accounts.verify(sql, found.account, found.address);
            forget(sql, found.account, Purpose.VERIFY);
            return true;
        }).orElse(false));
    }

    public record Found(String account, String address) {}

    private static Optional<Found> find(Sql sql, Secret ticket, Purpose purpose) {
        return sql.first("""
                select ticket.account, ticket.address from ticket join account on account.id = ticket.account
                where ticket.hash = ? and ticket.purpose = ? and ticket.ends > ? and not account.disabled
                  and ticket.address = account.address""",
                row -> new Found(row.text("account"), row.text("address")),
                Token.hash(ticket), purpose.wire(), System.currentTimeMillis());
    }
}
