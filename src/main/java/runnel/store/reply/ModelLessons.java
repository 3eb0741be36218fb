package runnel.store.reply;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import runnel.store.Database;
import runnel.store.StoreException;
import runnel.upstream.Lessons;

/// [Lessons] in the database: the newest, none older than a week, since servers change.
public record ModelLessons(Database database) implements Lessons {
    private static final int MAX = 256;
    private static final long WEEK_MILLIS = TimeUnit.DAYS.toMillis(7);

    @Override
    public Map<String, String> of(String server) {
        var known = new HashMap<String, String>();
        try {
            database.read(sql -> sql.list("select model, lesson from lesson where server = ? and learned > ?",
                    row -> known.put(row.text("model"), row.text("lesson")), server, System.currentTimeMillis() - WEEK_MILLIS));
        } catch (StoreException unreadable) {
            // it is learned again
        }
        return known;
    }

    @Override
    public void keep(String server, String model, String lesson) {
        long now = System.currentTimeMillis();
        try {
            database.write(sql -> {
                sql.update("""
                        insert into lesson (server, model, lesson, learned) values (?, ?, ?, ?)
                        on conflict (server, model) do update set lesson = excluded.lesson, learned = excluded.learned""",
                        server, model, lesson, now);
                return sql.update("""
                        delete from lesson where learned <= ? or learned <= (
                            select learned from lesson order by learned desc limit 1 offset ?)""", now - WEEK_MILLIS, MAX);
            });
        } catch (StoreException refused) {
            // it is learned again
        }
    }
}
