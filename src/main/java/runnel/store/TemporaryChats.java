package runnel.store;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes temporary chats a day after their last reply, whatever goes wrong meanwhile: it looks again and again.
public final class TemporaryChats implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TemporaryChats.class);
    static final Duration LIFE = Duration.ofDays(1);

    private final Database database;
    private final Duration pause;
    private final Thread clock = Thread.ofVirtual().name("temporary chats").unstarted(this::run);
    private volatile boolean closed;

    /// @param pause between two looks
    public TemporaryChats(Database database, Duration pause) {
        this.database = database;
        this.pause = pause;
    }

    public TemporaryChats start() {
        clock.start();
        return this;
    }

    private void run() {
        while (!closed) {
            try {
                deleteOver(System.currentTimeMillis());
            } catch (RuntimeException | Error later) {
                log(later);
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    private void log(Throwable fault) {
        try {
            LOG.debug("Temporary chats could not be deleted this time.", fault);
        } catch (RuntimeException | Error noRoom) {
            // the next time says it
        }
    }

    void deleteOver(long now) {
        boolean some = database.write(sql -> {
            var over = sql.list("""
                    select id, owner from chat where temporary and updated < ? and owner <> ?
                      and not exists (select 1 from message where message.chat = chat.id and status = 'streaming')""",
                    row -> new String[] {row.getString("owner"), row.getString("id")}, now - LIFE.toMillis(), Deletion.OWNER);
            over.forEach(chat -> Deletion.begin(sql, chat[0], chat[1]));
            return !over.isEmpty();
        });
        if (some || database.read(sql -> sql.number("select count(*) from chat where owner = ?", Deletion.OWNER)) > 0) {
            Deletion.finish(database);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(clock);
    }
}
