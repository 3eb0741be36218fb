package runnel.store.chat;

import java.time.Duration;
import runnel.store.Database;

/// Deletes temporary chats a day after their last reply.
///
/// @param database where they are
public record TemporaryChats(Database database) {
    static final Duration LIFE = Duration.ofDays(1);

    public void deleteOver() {
        deleteOver(System.currentTimeMillis());
    }

    void deleteOver(long now) {
        boolean some = database.write(sql -> {
            var over = sql.list("""
                    select id, owner from chat where temporary and updated < ? and owner <> ?
                      and not exists (select 1 from message where message.chat = chat.id and status = 'streaming')""",
                    row -> new String[] {row.text("owner"), row.text("id")}, now - LIFE.toMillis(), Deletion.OWNER);
            over.forEach(chat -> Deletion.begin(sql, chat[0], chat[1]));
            return !over.isEmpty();
        });
        if (some || database.read(sql -> sql.number("select count(*) from chat where owner = ?", Deletion.OWNER)) > 0) {
            Deletion.finish(database);
        }
    }
}
