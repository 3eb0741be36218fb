package runnel.store.chat;

import runnel.store.Database;
import runnel.store.Sql;

/// Makes texts searchable that were not when they were written: those of an older version's database, and imported ones. It is done
/// in parts, between which others write; where the process ends meanwhile, the next start goes on.
public final class PendingTexts {
    private static final int PART_BYTES = 256 << 10;
    private static final int PART_ROWS = 200;

    private PendingTexts() {}

    /// How many there are.
    public static long count(Database database) {
        return database.read(sql -> sql.number("select count(*) from search_pending"));
    }

    /// Takes in all there are. Not for use inside of a transaction.
    public static void finish(Database database) {
        while (database.write(PendingTexts::takePart)) {
            // until nothing is left
        }
    }

    private static boolean takePart(Sql sql) {
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
                from search_pending join chat on chat.id = search_pending.chat and chat.owner <> ?
                    left join message on message.id = search_pending.message
                where search_pending.id <= ? and (search_pending.message is null or message.status <> 'streaming')
                on conflict do nothing""", Deletion.OWNER, last);
        return sql.update("delete from search_pending where id <= ?", last) > 0;
    }
}
