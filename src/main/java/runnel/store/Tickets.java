package runnel.store;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import runnel.account.Email;
import runnel.account.Token;
import runnel.account.User;
import runnel.chat.Secret;

/// Links that work once. A new one takes the place of the account's old one.
public final class Tickets {
    private final Database database;

    public Tickets(Database database) {
        this.database = database;
    }

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
        database.write(handle -> {
            forget(handle, user.id(), purpose);
            return handle.createUpdate("insert into ticket (hash, account, purpose, address, ends) values (:hash, :account, :purpose, :address, :ends)")
                    .bind("hash", Token.hash(ticket)).bind("account", user.id()).bind("purpose", purpose.wire())
                    .bind("address", new Email(user.email()).key()).bind("ends", System.currentTimeMillis() + life.toMillis()).execute();
        });
        return ticket;
    }

    static void forget(Handle handle, String account, Purpose purpose) {
        handle.createUpdate("delete from ticket where account = :account and purpose = :purpose")
                .bind("account", account).bind("purpose", purpose.wire()).execute();
    }

    /// Whether a reset link still works, to ask before the costly work of hashing a password.
    public boolean resets(Secret ticket) {
        return database.read(handle -> find(handle, ticket, Purpose.RESET)).isPresent();
    }

    /// Chooses a new password. Sessions and tokens end: the old password may have been somebody else's as well.
    ///
    /// @return whether the ticket was good
    public boolean reset(Secret ticket, String hash) {
        return database.write(handle -> find(handle, ticket, Purpose.RESET).map(found -> {
            Accounts.setPassword(handle, found.account, hash);
            PersonalTokens.deleteAll(handle, found.account);
            Accounts.verify(handle, found.account, found.address);
            return true;
        }).orElse(false));
    }

    /// @return whether the ticket was good, and the address is still the account's
    public boolean verify(Secret ticket) {
        return database.write(handle -> find(handle, ticket, Purpose.VERIFY).map(found -> {
            Accounts.verify(handle, found.account, found.address);
            forget(handle, found.account, Purpose.VERIFY);
            return true;
        }).orElse(false));
    }

    public record Found(String account, String address) {}

    private static Optional<Found> find(Handle handle, Secret ticket, Purpose purpose) {
        return handle.createQuery("""
                        select ticket.account, ticket.address from ticket join account on account.id = ticket.account
                        where ticket.hash = :hash and ticket.purpose = :purpose and ticket.ends > :now and not account.disabled
                          and ticket.address = account.address""")
                .bind("hash", Token.hash(ticket)).bind("purpose", purpose.wire()).bind("now", System.currentTimeMillis())
                .map((row, _) -> new Found(row.getString("account"), row.getString("address"))).findOne();
    }
}
