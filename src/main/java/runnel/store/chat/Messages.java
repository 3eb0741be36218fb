package runnel.store.chat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import runnel.chat.Attachment;
import runnel.chat.End;
import runnel.chat.FunctionCall;
import runnel.chat.Message;
import runnel.chat.Problem;
import runnel.chat.Role;
import runnel.chat.Status;
import runnel.chat.Turn;
import runnel.chat.Usage;
import runnel.store.Database;
import runnel.store.Row;
import runnel.store.Sql;

/// The messages of chats. Whose a chat is has been asked before: see [Chats].
public final class Messages {
    private static final String WIRE_STREAMING = Status.STREAMING.wire();
    private static final int PAGE = 100;
    /// A page ends with the message that reaches it.
    private static final int PAGE_BYTES = 256 << 10;
    /// How long a message is.
    static final String BYTES = "octet_length(content) + octet_length(reasoning) + octet_length(calls)";
    /// Of some messages, how long the longest is.
    static final String LONGEST = "select coalesce(max(" + BYTES + "), 0) from message where ";
    private static final String MESSAGE = "select * from message ";
    /// What a message has besides its text, as whoever asks for a [Path] counts.
    public static final int AROUND = 10;
    private static final String SAID = "octet_length(coalesce(message.input, message.content))";
    private static final String WEIGHT = "(" + SAID + " + " + AROUND + " * (" + SAID + " > 0))";
    private static final String PROMPT =
            "(message.role = 'user' and coalesce(message.input, '') not like '[{\"type\":\"function_call_output\"%')";
    /// What is asked of the messages that [#BEFORE_RUNNING] or [#UP_TO] tells.
    static final String VERSION =
            "select count(*) as count, coalesce(sum(stops), 0) as ends, coalesce(max(id), '') as last from message where chat = ? and ";
    static final String BEFORE_RUNNING = "id < coalesce((select min(id) from message where chat = ? and status = 'streaming'), '~')";
    static final String UP_TO = "id <= ? and status <> 'streaming'";

    private Messages() {}

    /// The messages of a chat behind one of them, in the order in which they were made, the text of a running reply as of its last
    /// checkpoint. They come page by page, each read when it is wanted: a long chat need not be in memory as a whole.
    ///
    /// @param after the message's id, empty for all
    public static Iterable<List<Message>> pagesOfChat(Database database, String chat, String after) {
        return () -> Stream.iterate(page(database, chat, after), page -> !page.isEmpty(), page -> page(database, chat, page.getLast().id()))
                .iterator();
    }

    /// How long the longest message of a chat is, in bytes of UTF-8.
    public static long longest(Database database, String chat) {
        return database.read(sql -> sql.number(LONGEST + "chat = ?", chat));
    }

    /// Changes whenever a message up to `last` does: they are added, and a reply changes when it is continued and when it ends.
    ///
    /// @param ends how often replies among them have ended
    /// @param last the last of them, empty for none
    public record Version(long count, long ends, String last) {}

    /// The version of what stands before a running reply, or of all messages where none runs.
    public static Version version(Database database, String chat) {
        return version(database, chat, BEFORE_RUNNING, chat);
    }

    /// Whether the messages are still those of a version, with others behind them or none.
    public static boolean still(Database database, String chat, Version known) {
        return version(database, chat, UP_TO, known.last()).equals(known);
    }

    private static Version version(Database database, String chat, String which, String bound) {
        return database.read(sql -> sql.first(VERSION + which,
                row -> new Version(row.number("count"), row.number("ends"), row.text("last")), chat, bound)).orElseThrow();
    }

    private static List<Message> page(Database database, String chat, String after) {
        return database.read(sql -> withAttachments(database, sql, chat, sql.list(MESSAGE + """
                where id in (
                    select id from (
                        select id, sum(bytes) over (order by id) - bytes as before from (
                            select id, """ + BYTES + """
                             as bytes from message where chat = ? and id > ? order by id limit ?) as sizes) as page
                    where before < ?)
                order by id""", Messages::row, chat, after, PAGE, PAGE_BYTES)));
    }

    /// @param messages of one chat, by their ids
    private static List<Message> withAttachments(Database database, Sql sql, String chat, List<Message> messages) {
        if (messages.isEmpty()) {
            return messages;
        }
        var attached = Uploads.between(database, sql, chat, messages.getFirst().id(), messages.getLast().id());
        return attached.isEmpty() ? messages
                : messages.stream().map(message -> message.with(attached.getOrDefault(message.id(), List.of()))).toList();
    }

    /// The conversation that the newest message of a chat belongs to, oldest first, each message read when it is wanted.
    public static Stream<Message> newestBranch(Database database, String chat) {
        return newest(database, chat).stream().flatMap(newest -> branch(database, chat, newest));
    }

    /// The conversation that leads to a message, in the same way.
    public static Stream<Message> branch(Database database, String chat, String last) {
        return database.read(sql -> path(sql, chat, last)).stream()
                .flatMap(step -> database.read(sql -> withAttachments(database, sql, chat, find(sql, chat, step.id()).stream().toList()))
                        .stream());
    }

    /// @param bytes how long the message is
    public record Step(String id, long bytes) {}

    /// What leads to a message, the oldest first, that message last; nothing where there is no such message.
    public static List<Step> path(Sql sql, String chat, String last) {
        return sql.list("""
                with recursive path (id, parent) as (
                    select id, parent from message where id = ? and chat = ?
                    union all
                    select message.id, message.parent from message join path on message.id = path.parent)
                select message.id, """ + BYTES + """
                 as bytes from path join message on message.id = path.id order by message.id""",
                row -> new Step(row.text("id"), row.number("bytes")), last, chat);
    }

    public static Optional<Message> find(Sql sql, String chat, String id) {
        return sql.first(MESSAGE + "where id = ? and chat = ?", Messages::row, id, chat);
    }

    /// The newest message of a chat.
    public static Optional<String> newest(Database database, String chat) {
        return database.read(sql -> newest(sql, chat));
    }

    public static Optional<String> newest(Sql sql, String chat) {
        return sql.first("select max(id) as id from message where chat = ?", row -> row.text("id"), chat);
    }

    /// The items that a prompt was sent as, where it was.
    public static Optional<String> input(Database database, String id) {
        return database.read(sql -> sql.first("select input from message where id = ?", row -> row.text("input"), id));
    }

    /// What stands beside a message; nothing where there is no such message, as above a reply that was imported without its prompt.
    public static List<Attachment> beside(Database database, String message) {
        return database.read(sql -> attached(database, sql, message, message)).values().stream().findFirst().orElse(List.of());
    }

    private static Map<String, List<Attachment>> attached(Database database, Sql sql, String first, String last) {
        return sql.first("select chat from message where id = ?", row -> row.text("chat"), last)
                .map(chat -> Uploads.between(database, sql, chat, first, last)).orElseGet(Collections::emptyMap);
    }

    /// The end of a conversation.
    ///
    /// @param turns the oldest first
    /// @param above how many messages with something in them stand above these
    public record Path(List<Turn> turns, int above) {}

    /// The conversation that leads to a message, that message last; read from there upwards, so that what is left out costs nothing.
    ///
    /// @param bytes how much of it is wanted, in UTF-8, where each message has [#AROUND] besides; the newest prompt always is
    public static Path leadingTo(Database database, String message, long bytes) {
        return database.read(sql -> {
            var rows = sql.list("with recursive path (id, parent, bytes, prompt) as (select id, parent, " + WEIGHT + ", " + PROMPT + """
                 from message where id = ?
                    union all
                    select message.id, message.parent, bytes + """ + WEIGHT + ", prompt or " + PROMPT + """
                     from message join path on message.id = path.parent where not prompt or bytes + """ + WEIGHT + """
                     <= ?)
                select message.* from message join path on message.id = path.id order by message.id""",
                row -> Map.entry(row.text("id"), turn(row)), message, bytes);
            if (rows.isEmpty()) {
                return new Path(List.of(), 0);
            }
            var first = rows.getFirst().getKey();
            var attached = attached(database, sql, first, message);
            return new Path(rows.stream().map(row -> row.getValue().with(row.getValue().content(),
                    attached.getOrDefault(row.getKey(), List.of()))).toList(), above(sql, first));
        });
    }

    private static int above(Sql sql, String message) {
        return (int) sql.number("""
                with recursive above (id, parent) as (
                    select id, parent from message where id = (select parent from message where id = ?)
                    union all
                    select message.id, message.parent from message join above on message.id = above.parent)
                select count(*) from above join message on message.id = above.id where octet_length(calls) + \
                """ + SAID + " > 0", message);
    }

    private static Turn turn(Row row) {
        var calls = row.text("calls").isEmpty() ? List.<FunctionCall>of() : FunctionCall.in(RunColumns.read(row));
        return new Turn(Role.of(row.text("role")), row.text("content"), calls, row.optionalText("input"),
                List.of());
    }

    public static void insertPrompt(Sql sql, String id, String chat, Optional<String> parent, String content, Optional<String> input,
            long now) {
        sql.update("""
                insert into message (id, chat, parent, role, content, input, status, created)
                values (?, ?, ?, 'user', ?, ?, 'complete', ?)""",
                id, chat, parent, content, input, now);
    }

    private static Message row(Row row) {
        return new Message(row.text("id"), row.optionalText("parent"), Role.of(row.text("role")),
                RunColumns.read(row), row.optionalText("model"), row.integer("omitted"), row.number("created"),
                List.of());
    }

    /// How a message ended.
    static Optional<End> end(Row row) {
        var status = row.text("status");
        return status.equals(WIRE_STREAMING) ? Optional.empty() : Optional.of(new End(Status.of(status),
                row.optionalText("finish_reason"), usage(row), error(row)));
    }

    private static Optional<Usage> usage(Row row) {
        return row.optionalNumber("total_tokens")
                .map(total -> new Usage(row.number("prompt_tokens"), row.number("completion_tokens"), total,
                        row.number("cached_tokens"), row.number("reasoning_tokens")));
    }

    private static Optional<Problem> error(Row row) {
        return row.optionalText("error_code").map(code ->
                new Problem(code, row.integer("error_status"), row.text("error_title"), row.text("error_detail")));
    }
}
