package runnel.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import runnel.chat.Notification;
import runnel.chat.Notification.Announcement;
import runnel.chat.Notification.ChatsChanged;
import runnel.chat.Notification.ReplyFinished;
import runnel.chat.Notification.Resync;
import runnel.chat.Status;

/// The notifications of one account: a log of which the newest are kept, and any number of readers, each with a place of
/// its own. There is no queue for a reader; one that falls too far behind is told to read everything afresh.
public final class Notifications {
    /// How many are kept for each account, and how many announcements.
    static final int KEPT = 500;
    private static final int MOST_AT_ONCE = 100;
    private static final String EVERYBODY = "";

    private final Database database;
    private final String owner;

    private Notifications(Database database, String owner) {
        this.database = database;
        this.owner = owner;
    }

    public static Notifications of(Database database, String owner) {
        return new Notifications(database, owner);
    }

    /// A reader's place: the notification that it has read last, or 0 where there was none yet.
    ///
    /// @param created epoch milliseconds of that notification, or of the look that found none; it tells the place from
    ///                one in another database
    public record Place(long id, long created) {
        private static final Pattern WRITTEN = Pattern.compile("(\\d{1,18})\\.(\\d{1,18})");

        /// Reads what [#toString] wrote; anything else is no place.
        public static Optional<Place> parse(String written) {
            var parts = WRITTEN.matcher(written);
            return parts.matches() ? Optional.of(new Place(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)))) : Optional.empty();
        }

        @Override
        public String toString() {
            return id + "." + created;
        }
    }

    /// A notification, and the place that is reached once it has been read.
    public record Entry(Place place, Notification told) {}

    /// What lies behind a place, the oldest first, at most a hundred; or only [Resync] where that place is not kept.
    public List<Entry> behind(Optional<Place> place) {
        return database.read(handle -> place.filter(known -> keeps(handle, known)).map(known -> after(handle, known.id()))
                .orElseGet(() -> List.of(new Entry(end(handle), new Resync()))));
    }

    private boolean keeps(Handle handle, Place place) {
        if (place.id() == 0) {
            return handle.createQuery("""
                            select 1 from notification where owner in (:owner, '')
                            group by owner having count(*) >= :kept or min(created) < :created""")
                    .bind("kept", KEPT).bind("owner", owner).bind("created", place.created()).mapTo(Integer.class).findFirst().isEmpty();
        }
        return handle.createQuery("select 1 from notification where id = :id and created = :created and owner in (:owner, '')")
                .bind("id", place.id()).bind("created", place.created()).bind("owner", owner).mapTo(Integer.class).findOne().isPresent();
    }

    private Place end(Handle handle) {
        return handle.createQuery("select id, created from notification where owner in (:owner, '') order by id desc limit 1")
                .bind("owner", owner).map((row, context) -> new Place(row.getLong("id"), row.getLong("created"))).findOne()
                .orElseGet(() -> new Place(0, System.currentTimeMillis()));
    }

    private List<Entry> after(Handle handle, long id) {
        return handle.createQuery("""
                        select notification.*, chat.title, message.created as began
                        from notification left join chat on chat.id = notification.chat
                        left join message on message.id = notification.reply
                        where notification.id > :id and notification.owner in (:owner, '')
                        order by notification.id limit :most""")
                .bind("id", id).bind("owner", owner).bind("most", MOST_AT_ONCE).map(Notifications::row).list();
    }

    /// Says something to everybody.
    public static void announce(Database database, String text) {
        database.write(handle -> {
            insert(handle, EVERYBODY, "announcement", Optional.empty(), Optional.empty(), text);
            handle.afterCommit(database.bell()::ringAll);
            return null;
        });
    }

    static void finished(Database database, Handle handle, String reply, Status status) {
        handle.createQuery("select chat.id, chat.owner from message join chat on chat.id = message.chat where message.id = :reply")
                .bind("reply", reply)
                .map((row, context) -> new String[] {row.getString("owner"), row.getString("id")}).findOne()
                .ifPresent(found -> tell(database, handle, found[0], "reply-finished", found[1], Optional.of(reply), status.wire()));
    }

    static void changed(Database database, Handle handle, String owner, String chat, Notification.Change change) {
        tell(database, handle, owner, "chats-changed", chat, Optional.empty(), change.name().toLowerCase(Locale.ROOT));
    }

    private static void tell(Database database, Handle handle, String owner, String kind, String chat, Optional<String> reply, String detail) {
        insert(handle, owner, kind, Optional.of(chat), reply, detail);
        handle.afterCommit(() -> database.bell().ring(owner));
    }

    private static void insert(Handle handle, String owner, String kind, Optional<String> chat, Optional<String> reply, String detail) {
        handle.createUpdate("""
                        insert into notification (owner, kind, chat, reply, detail, created)
                        values (:owner, :kind, :chat, :reply, :detail, :now)""")
                .bind("owner", owner).bind("kind", kind).bind("chat", chat.orElse(null)).bind("reply", reply.orElse(null))
                .bind("detail", detail).bind("now", System.currentTimeMillis()).execute();
        handle.createUpdate("""
                        delete from notification where owner = :owner and id <= (
                            select id from notification where owner = :owner order by id desc limit 1 offset :kept)""")
                .bind("owner", owner).bind("kept", KEPT).execute();
    }

    private static Entry row(ResultSet row, StatementContext context) throws SQLException {
        return new Entry(new Place(row.getLong("id"), row.getLong("created")), told(row));
    }

    private static Notification told(ResultSet row) throws SQLException {
        var detail = row.getString("detail");
        return switch (row.getString("kind")) {
            case "reply-finished" -> new ReplyFinished(row.getString("chat"), row.getString("reply"),
                    Optional.ofNullable(row.getString("title")).orElse(""), Status.of(detail), seconds(row));
            case "chats-changed" -> new ChatsChanged(row.getString("chat"), Notification.Change.valueOf(detail.toUpperCase(Locale.ROOT)));
            case "announcement" -> new Announcement(detail);
            case String unknown -> throw new StoreException("a notification of an unknown kind: " + unknown, null);
        };
    }

    private static long seconds(ResultSet row) throws SQLException {
        long began = row.getLong("began");
        return row.wasNull() ? 0 : Math.max(0, (row.getLong("created") - began) / 1000);
    }
}
