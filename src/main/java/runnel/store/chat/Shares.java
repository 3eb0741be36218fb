package runnel.store.chat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import runnel.account.Token;
import runnel.chat.Id;
import runnel.chat.Refused;
import runnel.chat.Secret;
import runnel.store.Database;
import runnel.store.Row;
import runnel.store.Sql;

/// The links by which anybody reads a chat, one for each chat at most.
public record Shares(Database database) {
    private static final String GOOD = """
             from share
                join chat on chat.id = share.chat and chat.owner = share.owner
                join message on message.id = share.message and message.chat = share.chat
                left join account on account.id = share.owner
            where coalesce(share.ends, ?) > ? and not coalesce(account.disabled, false) and share.""";

    /// A link, without its token.
    ///
    /// @param title   the chat's, when the link was made
    /// @param created epoch milliseconds, as `ends`
    public record Share(String id, String owner, Shown shown, String title, long created, Optional<Long> ends) {}

    /// What a link shows.
    ///
    /// @param message the last message; those that led to it are the others
    public record Shown(String chat, String message) {}

    /// A new link, and its token, which is known now and never again.
    public record Made(Share share, Secret token) {}

    /// Makes a link to a chat, in place of the one that it had.
    ///
    /// @param message the last message that it is to show, where it is not the newest
    /// @param ends    epoch milliseconds
    /// @throws Refused where there is no such chat, or nothing in it
    public Made make(String owner, String chat, Optional<String> message, Optional<Long> ends) {
        var token = Token.random();
        return database.write(sql -> {
            var shared = Chats.find(sql, owner, chat).orElseThrow(Refused::notFound);
            var last = message.or(() -> Messages.newest(sql, chat)).flatMap(id -> Messages.find(sql, chat, id))
                    .orElseThrow(Refused::notFound).id();
            end(sql, chat);
            var share = new Share(Id.next(), owner, new Shown(chat, last), shared.title(), System.currentTimeMillis(), ends);
            sql.update("insert into share (id, hash, owner, chat, message, title, created, ends) values (?, ?, ?, ?, ?, ?, ?, ?)",
                    share.id(), Token.hash(token), owner, chat, last, share.title(), share.created(), ends);
            return new Made(share, token);
        });
    }

    /// The links of one person, the newest first; also those that have ended by themselves.
    public List<Share> list(String owner) {
        return database.read(sql -> sql.list("select * from share where owner = ? order by id desc", Shares::row, owner));
    }

    /// @return whether there was such a link
    public boolean delete(String owner, String chat) {
        return database.write(sql -> Chats.find(sql, owner, chat).isPresent() && end(sql, chat));
    }

    /// Ends the link to a chat, and those who read by it.
    static boolean end(Sql sql, String chat) {
        return sql.update("delete from share where chat = ?", chat) > 0 && Revocations.count(sql) > 0;
    }

    /// Ends the link to a chat where it shows one of these messages, which are about to be deleted.
    public static void endWhereShown(Sql sql, String chat, Set<String> messages) {
        sql.first("select message from share where chat = ?", row -> row.text("message"), chat)
                .filter(last -> Messages.path(sql, chat, last).stream().anyMatch(step -> messages.contains(step.id())))
                .ifPresent(_ -> end(sql, chat));
    }

    /// The link with this token, while it shows anything.
    public Optional<Share> find(Secret token) {
        return find("hash = ?", Token.hash(token));
    }

    public Optional<Share> find(String id) {
        return find("id = ?", id);
    }

    private Optional<Share> find(String which, String value) {
        return database.read(sql -> sql.first("select share.*" + GOOD + which, Shares::row, Long.MAX_VALUE, System.currentTimeMillis(),
                value));
    }

    /// Whether a file stands beside a message that a link shows.
    public boolean shows(Share share, String upload) {
        var shown = share.shown();
        return database.read(sql -> {
            var beside = sql.list("select message from attachment where upload = ?", row -> row.text("message"), upload);
            return !beside.isEmpty()
                    && Messages.path(sql, shown.chat(), shown.message()).stream().anyMatch(step -> beside.contains(step.id()));
        });
    }

    public static boolean lasts(Sql sql, String id, long now) {
        return sql.number("select count(*)" + GOOD + "id = ?", Long.MAX_VALUE, now, id) > 0;
    }

    private static Share row(Row row) {
        return new Share(row.text("id"), row.text("owner"), new Shown(row.text("chat"), row.text("message")),
                row.text("title"), row.number("created"), row.optionalNumber("ends"));
    }
}
