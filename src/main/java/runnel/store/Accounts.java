package runnel.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import runnel.account.Account;
import runnel.account.Email;
import runnel.account.User;
import runnel.account.User.Role;
import runnel.chat.Id;
import runnel.chat.Refused;

/// Who may log in.
public final class Accounts {
    private final Database database;

    public Accounts(Database database) {
        this.database = database;
    }

    /// Makes an account. The first one is the administrator's; the key of `founder` sees to it that this is one, however many
    /// come at once.
    ///
    /// @param password the hash; none where its owner is to choose one by a link
    /// @throws Refused where the address has an account already
    public User add(String name, Email email, Optional<String> password, boolean verified) {
        return database.write(handle -> {
            var id = Id.next();
            if (insert(handle, id, name, email, password, verified) == 0) {
                throw taken();
            }
            if (founds(handle, id)) {
                promote(handle, id);
            }
            return find(handle, id).orElseThrow().user();
        });
    }

    private static int insert(Handle handle, String id, String name, Email email, Optional<String> password, boolean verified) {
        return handle.createUpdate("""
                        insert into account (id, name, email, address, password, role, verified, disabled, created)
                        values (:id, :name, :email, :address, :password, 'user', :verified, false, :now)
                        on conflict (address) do nothing""")
                .bind("id", id).bind("name", name).bind("email", email.typed()).bind("address", email.key())
                .bind("password", password.orElse(null)).bind("verified", verified).bind("now", System.currentTimeMillis())
                .execute();
    }

    private static boolean founds(Handle handle, String id) {
        return handle.createUpdate("insert into founder (id, account) values (1, :id) on conflict (id) do nothing").bind("id", id).execute() > 0;
    }

    private static Refused taken() {
        return Refused.conflict("address-taken", "There is an account with this e-mail address already.", Map.of());
    }

    /// Whether the next account will be the administrator's.
    public boolean none() {
        return database.read(handle -> handle.createQuery("select count(*) from founder").mapTo(Integer.class).one()) == 0;
    }

    public Optional<Account> find(String id) {
        return database.read(handle -> find(handle, id));
    }

    private static Optional<Account> find(Handle handle, String id) {
        return handle.createQuery("select * from account where id = :id").bind("id", id).map(Accounts::row).findOne();
    }

    public Optional<Account> find(Email email) {
        return database.read(handle -> handle.createQuery("select * from account where address = :address")
                .bind("address", email.key()).map(Accounts::row).findOne());
    }

    /// All of them, the oldest first.
    public List<Account> list() {
        return database.read(handle -> handle.createQuery("select * from account order by id").map(Accounts::row).list());
    }

    /// @throws Refused where the address is another account's
    public void change(String id, String name, Email email, boolean verified) {
        database.write(handle -> {
            boolean others = handle.createQuery("select count(*) from account where address = :address and id <> :id")
                    .bind("address", email.key()).bind("id", id).mapTo(Integer.class).one() > 0;
            if (others) {
                throw taken();
            }
            return handle.createUpdate("update account set name = :name, email = :email, address = :address, verified = :verified where id = :id")
                    .bind("id", id).bind("name", name).bind("email", email.typed()).bind("address", email.key()).bind("verified", verified).execute();
        });
    }

    /// Keeps the same password under a new hash.
    public void rehash(String id, String old, String hash) {
        database.write(handle -> handle.createUpdate("update account set password = :hash where id = :id and password = :old")
                .bind("id", id).bind("hash", hash).bind("old", old).execute());
    }

    /// Gives an account another password, and ends all its sessions.
    public void password(String id, String hash) {
        database.write(handle -> {
            setPassword(handle, id, hash);
            return null;
        });
    }

    static void setPassword(Handle handle, String id, String hash) {
        handle.createUpdate("update account set password = :hash where id = :id").bind("id", id).bind("hash", hash).execute();
        Sessions.endAll(handle, id);
        Tickets.forget(handle, id, Tickets.Purpose.RESET);
    }

    static void verify(Handle handle, String id, String address) {
        handle.createUpdate("update account set verified = true where id = :id and address = :address").bind("id", id).bind("address", address).execute();
    }

    public void promote(String id) {
        database.write(handle -> promote(handle, id));
    }

    private static int promote(Handle handle, String id) {
        return handle.createUpdate("update account set role = 'admin' where id = :id").bind("id", id).execute();
    }

    /// Shuts an account out, or lets it in again. Its sessions end; its tokens work again when it is let in.
    public void disable(String id, boolean disabled) {
        database.write(handle -> {
            handle.createUpdate("update account set disabled = :disabled where id = :id").bind("id", id).bind("disabled", disabled).execute();
            Sessions.endAll(handle, id);
            return null;
        });
    }

    /// Deletes an account with its sessions, tokens, chats and news. When nobody is left, the next account is the first again.
    ///
    /// @throws Refused where it is the last administrator's, and others would be left without one
    public void delete(String id) {
        database.write(handle -> {
            boolean last = handle.createQuery("select count(*) from account where role = 'admin' and not disabled and id <> :id")
                    .bind("id", id).mapTo(Integer.class).one() == 0;
            boolean alone = handle.createQuery("select count(*) from account where id <> :id").bind("id", id).mapTo(Integer.class).one() == 0;
            if (last && !alone) {
                throw Refused.conflict("last-administrator", "This is the last administrator's account. Make somebody else one first.", Map.of());
            }
            handle.createUpdate("delete from chat where owner = :id").bind("id", id).execute();
            handle.createUpdate("delete from send where owner = :id").bind("id", id).execute();
            handle.createUpdate("delete from notification where owner = :id").bind("id", id).execute();
            handle.createUpdate("delete from notification where owner = :id").bind("id", id).execute();
            handle.createUpdate("delete from account where id = :id").bind("id", id).execute();
            handle.createUpdate("delete from founder where not exists (select 1 from account)").execute();
            return Revocations.count(handle);
        });
    }

    private static Account row(ResultSet row, StatementContext context) throws SQLException {
        return new Account(user(row, "id"), Optional.ofNullable(row.getString("password")), row.getBoolean("disabled"), row.getLong("created"));
    }

    static User user(ResultSet row, String id) throws SQLException {
        return new User(row.getString(id), row.getString("name"), row.getString("email"), Role.of(row.getString("role")), row.getBoolean("verified"));
    }
}
