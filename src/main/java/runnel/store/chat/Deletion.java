package runnel.store.chat;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import runnel.chat.Chat;
import runnel.chat.Id;
import runnel.chat.Refused;
import runnel.store.Database;
import runnel.store.Sql;

/// Deletes chats in parts, between which others write: to overwrite a long one takes seconds. A chat that is to go belongs to
/// nobody at once; where the process ends meanwhile, [runnel.store.account.Accounts#removeOrphans] goes on.
public final class Deletion {
    /// Nobody's id.
    static final String OWNER = "deleted";
    static final Duration TEMPORARY_LIFE = Duration.ofDays(1);
    private static final Duration MOMENT = Duration.ofMillis(500);
    private static final int PART_BYTES = 256 << 10;
    private static final int PART_ROWS = 200;

    private Deletion() {}

    /// Takes all chats of `owner` from them, with the replies that still run.
    public static void begin(Sql sql, String owner) {
        sql.list("select id from chat where owner = ?", row -> row.text("id"), owner).forEach(id -> begin(sql, owner, id));
    }

    /// @return whether there was such a chat
    public static boolean begin(Sql sql, String owner, String id) {
        if (sql.update("update chat set owner = ? where id = ? and owner = ?", OWNER, id, owner) == 0) {
            return false;
        }
        sql.update("delete from message where chat = ? and status = 'streaming'", id);
        Shares.end(sql, id);
        sql.update("delete from queued_prompt where chat = ?", id);
        sql.update("delete from imported where chat = ?", id);
        return true;
    }

    /// Takes a message, and what hangs on it, out of its chat, into one that is to go.
    ///
    /// @throws Refused where there is no such message, or a reply among them runs
    public static void begin(Sql sql, Chat chat, String message) {
        var branch = branch(sql, chat.id(), message);
        Refused.requireFound(!branch.isEmpty());
        RunningReply.refuseAmong(sql, chat.id(), branch);
        Shares.endWhereShown(sql, chat.id(), branch);
        var away = Id.next();
        Chats.insert(sql, new Chat(away, OWNER, "", Optional.empty(), "", false, false, chat.created(), chat.updated()));
        for (var id : branch) {
            sql.update("update message set chat = ? where id = ?", away, id);
            sql.update("delete from search_entry where message = ?", id);
        }
    }

    /// Each message stands behind the one that it hangs on.
    private static Set<String> branch(Sql sql, String chat, String message) {
        var branch = new LinkedHashSet<String>();
        sql.list("select id, parent from message where chat = ? and id >= ? order by id", row -> {
            if (row.text("id").equals(message) || branch.contains(row.text("parent"))) {
                branch.add(row.text("id"));
            }
            return null;
        }, chat, message);
        return branch;
    }

    /// Does [#finish] beside its caller, who waits for it only a moment, in which most of it is done: for whoever looks, all of it is.
    public static void finishSoon(Database database) {
        var finishing = Thread.ofVirtual().name("deletion").start(() -> Database.later(() -> finish(database)));
        try {
            finishing.join(MOMENT);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /// Deletes what was taken from its owner: see [Database#finish].
    public static void finish(Database database) {
        database.finish(sql -> deletePart(database, sql));
        new UploadFiles(database.uploads()).sweep(database);
    }

    /// Deletes the temporary chats whose last reply is a day old, and goes on with what was begun before.
    public static void deleteOver(Database database) {
        deleteOver(database, System.currentTimeMillis());
    }

    static void deleteOver(Database database, long now) {
        database.write(sql -> {
            sql.list("""
                    select id, owner from chat where temporary and updated < ? and owner <> ?
                      and not exists (select 1 from message where message.chat = chat.id and status = 'streaming')""",
                    row -> new String[] {row.text("owner"), row.text("id")}, now - TEMPORARY_LIFE.toMillis(), OWNER)
                    .forEach(chat -> begin(sql, chat[0], chat[1]));
            return null;
        });
        if (database.read(sql -> sql.exists("select 1 from chat where owner = ?", OWNER))) {
            finish(database);
        }
    }

    private static boolean deletePart(Database database, Sql sql) {
        int messages = sql.update("""
                delete from message where id in (
                    select id from (
                        select id, sum(bytes) over (order by id) - bytes as before from (
                            select id, """ + Messages.BYTES + """
                             as bytes from message
                            where chat in (select id from chat where owner = ? limit ?) limit ?))
                    where before < ?)""", OWNER, PART_ROWS, PART_ROWS, PART_BYTES);
        int chats = sql.update("""
                delete from chat where id in (
                    select id from chat
                    where owner = ? and not exists (select 1 from message where message.chat = chat.id) limit ?)""", OWNER, PART_ROWS);
        sql.afterCommit(database::wipe);
        return messages + chats > 0;
    }
}
