package runnel.store.chat;

import runnel.store.Database;
import runnel.store.Sql;

/// Makes texts searchable. None is when it is written: a row of its own costs the index, which merges it with others again and again,
/// twice as much written as one among a hundred. It is done in parts, between which others write, every now and then and before each
/// search; where the process ends meanwhile, the next start goes on.
public final class PendingTexts {
    private static final int PART_BYTES = 256 << 10;
    private static final int PART_ROWS = 200;
    /// What a search waits for at most, which takes less than a second.
    private static final int PARTS_BEFORE_SEARCH = 10;

    private PendingTexts() {}

    /// How many there are.
    public static long count(Database database) {
        return database.read(sql -> sql.number("select count(*) from search_pending"));
    }

    /// Takes in all there are: see [Database#later].
    public static void finish(Database database) {
        take(database, Integer.MAX_VALUE);
    }

    /// Takes in what was written since the last time. Where the database does not take it now, what is in the index can be found.
    static void beforeSearch(Database database) {
        take(database, PARTS_BEFORE_SEARCH);
    }

    private static void take(Database database, int parts) {
        Database.later(() -> {
            for (int part = 0; part < parts && database.read(sql -> sql.exists("select 1 from search_pending")); part++) {
                database.write(PendingTexts::takePart);
            }
        });
    }

    private static int takePart(Sql sql) {
        long last = sql.number("""
                select coalesce(max(id), 0) from (
                    select id, sum(bytes) over (order by id) - bytes as before from (
                        select search_pending.id, coalesce(octet_length(message.content), 0) as bytes
                        from search_pending left join message on message.id = search_pending.message
                        order by search_pending.id limit ?))
                where before < ?""", PART_ROWS, PART_BYTES);
        sql.update("""
                insert into search_entry (owner, chat, message)
                select chat.owner, chat.id, message.id
                from search_pending left join message on message.id = search_pending.message
                    join chat on chat.id = coalesce(message.chat, search_pending.chat) and chat.owner <> ?
                where search_pending.id <= ? and (search_pending.message is null or message.status <> 'streaming')
                on conflict do nothing""", Deletion.OWNER, last);
        return sql.update("delete from search_pending where id <= ?", last);
    }
}
