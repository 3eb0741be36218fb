package runnel.store.chat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import runnel.chat.Notification;
import runnel.chat.Notification.Announcement;
import runnel.chat.Notification.ChatsChanged;
import runnel.chat.Notification.ReplyFinished;
import runnel.chat.Notification.Resync;
import runnel.chat.Reply;
import runnel.chat.Status;
import runnel.store.Database;
import runnel.store.Row;
import runnel.store.Sql;
import runnel.store.StoreFault;

/// The notifications of one account: a log of which the newest are kept, and any number of readers, each with a place of
/// its own. There is no queue for a reader; one that falls too far behind is told to read everything afresh.
public record Notifications(Database database, String owner) {
    /// How many are kept for each account, and how many announcements; and some more, until they are swept away.
    static final int KEPT = 500;
    /// By chance and not by count, since nobody counts for each account.
    private static final int INSERTS_PER_SWEEP = 64;
    private static final int MAX_AT_ONCE = 100;
    private static final String EVERYBODY = "";

    /// A reader's place: the notification that it has read last, or 0 where there was none yet.
    ///
    /// @param created epoch milliseconds of that notification, or of the look that found none; it tells the place from
    ///                one in another database
    public record FeedCursor(long id, long created) {
        private static final Pattern WRITTEN = Pattern.compile("(\\d{1,18})\\.(\\d{1,18})");

        /// Reads what [#toString] wrote; anything else is no place.
        public static Optional<FeedCursor> parse(String written) {
            var parts = WRITTEN.matcher(written);
            return parts.matches() ? Optional.of(new FeedCursor(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))))
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return id + "." + created;
        }
    }

    /// A notification, and the place that is reached once it has been read.
    public record Entry(FeedCursor place, Notification told) {}

    /// What lies behind a place, the oldest first, at most a hundred; or only [Resync] where that place is not kept.
    public List<Entry> behind(Optional<FeedCursor> place) {
        return database.read(sql -> place.filter(known -> keeps(sql, known)).map(known -> after(sql, known.id()))
                .orElseGet(() -> List.of(new Entry(end(sql), new Resync()))));
    }

    /// The place behind everything that has been told up to now.
    public FeedCursor end() {
        return database.read(this::end);
    }

    private boolean keeps(Sql sql, FeedCursor place) {
        if (place.id() == 0) {
            return !sql.exists("""
                    select 1 from notification where owner in (?, '')
                    group by owner having count(*) >= ? or min(created) < ?""", owner, KEPT, place.created());
        }
        return sql.exists("select 1 from notification where id = ? and created = ? and owner in (?, '')",
                place.id(), place.created(), owner);
    }

    private FeedCursor end(Sql sql) {
        return sql.first("""
                select id, created from notification where id in (
                    (select max(id) from notification where owner = ?), (select max(id) from notification where owner = ''))
                order by id desc limit 1""",
                Notifications::place, owner)
                .orElseGet(() -> new FeedCursor(0, System.currentTimeMillis()));
    }

    private List<Entry> after(Sql sql, long id) {
        return sql.list("""
                select notification.*, chat.title, message.created as began
                from notification left join chat on chat.id = notification.chat
                left join message on message.id = notification.reply
                where notification.id > ? and notification.owner in (?, '')
                order by notification.id limit ?""",
                row -> new Entry(place(row), told(row)), id, owner, MAX_AT_ONCE);
    }

    /// Says something to everybody.
    public static void announce(Database database, String text) {
        database.write(sql -> {
            insert(sql, EVERYBODY, "announcement", Optional.empty(), Optional.empty(), text);
            sql.afterCommit(database.bell()::ringAll);
            return null;
        });
    }

    public static void finished(Database database, Sql sql, Reply reply, Status status) {
        tell(database, sql, reply.owner(), "reply-finished", reply.chat(), Optional.of(reply.id()), status.wire());
    }

    public static void changed(Database database, Sql sql, String owner, String chat, Notification.Change change) {
        tell(database, sql, owner, "chats-changed", chat, Optional.empty(), change.name().toLowerCase(Locale.ROOT));
    }

    /// Nobody is told of a temporary chat.
    private static void tell(Database database, Sql sql, String owner, String kind, String chat, Optional<String> reply, String detail) {
        if (!sql.exists("select 1 from chat where id = ? and temporary", chat)) {
            insert(sql, owner, kind, Optional.of(chat), reply, detail);
            sql.afterCommit(() -> database.bell().ring(owner));
        }
    }

    private static void insert(Sql sql, String owner, String kind, Optional<String> chat, Optional<String> reply, String detail) {
        sql.update("""
                insert into notification (owner, kind, chat, reply, detail, created)
                values (?, ?, ?, ?, ?, ?)""",
                owner, kind, chat, reply, detail, System.currentTimeMillis());
        if (ThreadLocalRandom.current().nextInt(INSERTS_PER_SWEEP) == 0) {
            sweep(sql, owner);
        }
    }

    private static void sweep(Sql sql, String owner) {
        sql.update("""
                delete from notification where owner = ? and id <= (
                    select id from notification where owner = ? order by id desc limit 1 offset ?)""",
                owner, owner, KEPT);
    }

    private static FeedCursor place(Row row) {
        return new FeedCursor(row.number("id"), row.number("created"));
    }

    private static Notification told(Row row) {
        var detail = row.text("detail");
        return switch (row.text("kind")) {
            case "reply-finished" -> new ReplyFinished(row.text("chat"), row.text("reply"),
                    row.optionalText("title").orElse(""), Status.of(detail), seconds(row));
            case "chats-changed" -> new ChatsChanged(row.text("chat"), Notification.Change.valueOf(detail.toUpperCase(Locale.ROOT)));
            case "announcement" -> new Announcement(detail);
            case String unknown -> throw new StoreFault("a notification of an unknown kind: " + unknown, null);
        };
    }

    private static long seconds(Row row) {
        return row.optionalNumber("began").map(began -> Math.max(0, (row.number("created") - began) / 1000)).orElse(0L);
    }
}
