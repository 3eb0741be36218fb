package runnel.store.account;

import java.util.List;
import java.util.Optional;
import runnel.account.Account;
import runnel.account.Email;
import runnel.account.User;
import runnel.account.User.Role;
import runnel.chat.Id;
import runnel.chat.Refused;
import runnel.store.Database;
import runnel.store.Row;
import runnel.store.Sql;
import runnel.store.chat.Deletion;
import runnel.store.chat.Revocations;
import runnel.store.chat.Uploads;

/// Who may log in.
public record Accounts(Database database) {
    /// Makes an account. The first one is the administrator's; the key of `founder` sees to it that this is one, however many
    /// come at once.
    ///
    /// @param password the hash; none where its owner is to choose one by a link
    /// @param mayFound whether this may be the first account; looked at in the transaction, since the last one may be deleted meanwhile
    /// @return nothing where it would be the first and may not
    /// @throws Refused where the address has an account already
    public Optional<User> add(String name, Email email, Optional<String> password, boolean verified, boolean mayFound) {
        return database.write(sql -> {
            if (!mayFound && none(sql)) {
                return Optional.empty();
            }
            var id = Id.next();
            if (insert(sql, id, name, email, password, verified) == 0) {
                throw taken();
            }
            if (sql.update("insert into founder (id, account) values (1, ?) on conflict (id) do nothing", id) > 0) {
                promote(sql, id);
            }
            return find(sql, id).map(Account::user);
        });
    }

    private static int insert(Sql sql, String id, String name, Email email, Optional<String> password, boolean verified) {
        return sql.update("""
                insert into account (id, name, email, address, password, role, verified, disabled, created)
                values (?, ?, ?, ?, ?, 'user', ?, false, ?)
                on conflict (address) do nothing""",
                id, name, email.typed(), email.key(), password, verified, System.currentTimeMillis());
    }

    private static Refused taken() {
        return Refused.conflict("address-taken", "There is an account with this e-mail address already.");
    }

    /// Whether the next account will be the administrator's.
    public boolean none() {
        return database.read(Accounts::none);
    }

    private static boolean none(Sql sql) {
        return sql.number("select count(*) from founder") == 0;
    }

    public Optional<Account> find(String id) {
        return database.read(sql -> find(sql, id));
    }

    static Optional<Account> find(Sql sql, String id) {
        return sql.first("select * from account where id = ?", Accounts::row, id);
    }

    public Optional<Account> find(Email email) {
        return database.read(sql -> sql.first("select * from account where address = ?", Accounts::row, email.key()));
    }

    /// All of them, the oldest first.
    public List<Account> list() {
        return database.read(sql -> sql.list("select * from account order by id", Accounts::row));
    }

    /// Changes what is given. Another address has yet to be verified.
    ///
    /// @throws Refused where the address is another account's
    public void change(String id, Optional<String> name, Optional<Email> email) {
        var address = email.map(Email::key);
        database.write(sql -> {
            if (sql.number("select count(*) from account where address = ? and id <> ?", address, id) > 0) {
                throw taken();
            }
            return sql.update("""
                    update account set name = coalesce(?, name), email = coalesce(?, email), address = coalesce(?, address),
                        verified = verified and address = coalesce(?, address)
                    where id = ?""",
                    name, email.map(Email::typed), address, address, id);
        });
    }

    /// Keeps the same password under a new hash.
    public void rehash(String id, String old, String hash) {
        database.write(sql -> sql.update("update account set password = ? where id = ? and password = ?", hash, id, old));
    }

    /// Gives an account another password, and ends all its sessions.
    public void password(String id, String hash) {
        database.write(sql -> setPassword(sql, id, hash));
    }

    static int setPassword(Sql sql, String id, String hash) {
        sql.update("update account set password = ? where id = ?", hash, id);
        Sessions.endAll(sql, id);
        return MailTokens.forget(sql, id, MailTokens.Purpose.RESET);
    }

    static void verify(Sql sql, String id, String address) {
        sql.update("update account set verified = true where id = ? and address = ?", id, address);
    }

    public void promote(String id) {
        database.write(sql -> promote(sql, id));
    }

    private static int promote(Sql sql, String id) {
        return sql.update("update account set role = 'admin' where id = ?", id);
    }

    /// Shuts an account out, or lets it in again. Its sessions end; its tokens work again when it is let in.
    public void disable(String id, boolean disabled) {
        database.write(sql -> {
            sql.update("update account set disabled = ? where id = ?", disabled, id);
            return Sessions.endAll(sql, id);
        });
    }

    /// Deletes an account with its sessions, tokens, chats and news. When nobody is left, the next account is the first again.
    ///
    /// @throws Refused where it is the last administrator's, and others would be left without one
    public void delete(String id) {
        database.write(sql -> {
            boolean last = sql.number("select count(*) from account where role = 'admin' and not disabled and id <> ?", id) == 0;
            boolean alone = sql.number("select count(*) from account where id <> ?", id) == 0;
            if (last && !alone) {
                throw Refused.conflict("last-administrator",
                        "This is the last administrator's account. Make somebody else one first.");
            }
            sql.update("insert into deleted_account (id) values (?)", id); // so that nothing that is on its way is written for it
            Deletion.begin(sql, id);
            Uploads.deleteAll(sql, id);
            sql.update("delete from preset where owner = ?", id);
            sql.update("delete from imported where owner = ?", id);
            sql.update("delete from send where owner = ?", id);
            sql.update("delete from notification where owner = ?", id);
            sql.update("delete from token_use where owner = ?", id);
            sql.update("delete from account where id = ?", id);
            sql.update("delete from founder where not exists (select 1 from account)");
            return Revocations.count(sql);
        });
        Deletion.finishSoon(database);
    }

    /// Deletes what belongs to nobody: what a half import, a half deletion, or an earlier version has left.
    public void removeOrphans() {
        var orphan = " where owner not in (?, '') and not exists (select 1 from account where account.id = owner)";
        database.write(sql -> {
            sql.list("select distinct owner from chat" + orphan, row -> row.text("owner"), User.LOCAL.id())
                    .forEach(owner -> Deletion.begin(sql, owner));
            sql.list("select distinct owner from upload" + orphan, row -> row.text("owner"), User.LOCAL.id())
                    .forEach(owner -> Uploads.deleteAll(sql, owner));
            for (var table : List.of("preset", "imported", "send", "notification", "token_use")) {
                sql.update("delete from " + table + orphan, User.LOCAL.id());
            }
            return null;
        });
        Deletion.finish(database);
    }

    private static Account row(Row row) {
        return new Account(user(row, "id"), row.optionalText("password"), row.flag("disabled"),
                row.number("created"));
    }

    static User user(Row row, String id) {
        return new User(row.text(id), row.text("name"), row.text("email"), Role.of(row.text("role")),
                row.flag("verified"));
    }
}
