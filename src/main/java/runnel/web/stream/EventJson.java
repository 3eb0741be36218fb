package runnel.web.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import runnel.chat.End;
import runnel.chat.Notification.Announcement;
import runnel.chat.Notification.ChatsChanged;
import runnel.chat.Notification.ReplyFinished;
import runnel.chat.Notification.Resync;
import runnel.chat.Notification;
import runnel.chat.ReplyEvent;
import runnel.chat.Run;
import runnel.chat.Slice;
import runnel.chat.Usage;
import runnel.web.http.Json;
import runnel.web.http.Problems;
import runnel.web.stream.StreamEvent.OfFeed;
import runnel.web.stream.StreamEvent.OfReply;

/// The names and the data of events, the same on every transport.
public final class EventJson {
    private static final Optional<String> REASONING = Optional.of("reasoning");
    private static final Optional<String> MESSAGE = Optional.of("message");

    private EventJson() {}

    static String id(StreamEvent event) {
        return switch (event) {
            case OfReply(var told) -> told.cursor().toString();
            case OfFeed(var entry) -> entry.place().toString();
        };
    }

    static String name(StreamEvent event) {
        return switch (event) {
            case OfReply(var told) -> name(told);
            case OfFeed _ -> "notification";
        };
    }

    static ObjectNode data(StreamEvent event) {
        return switch (event) {
            case OfReply(var told) -> data(told);
            case OfFeed(var entry) -> data(entry.told());
        };
    }

    /// The event whole, for transports that have no frame of their own.
    static ObjectNode whole(StreamEvent event) {
        return Json.object().put("id", id(event)).put("event", name(event)).set("data", data(event));
    }

    private static String name(ReplyEvent event) {
        return switch (event) {
            case ReplyEvent.Start _ -> "start";
            case ReplyEvent.More(_, Run.Kind kind, _) -> name(kind).orElseThrow();
            case ReplyEvent.Stop _ -> "stop";
        };
    }

    /// The event that tells more of a run; nothing where it is not told.
    static Optional<String> name(Run.Kind kind) {
        return switch (kind) {
            case REASONING -> REASONING;
            case TEXT, REFUSAL -> MESSAGE;
            case FUNCTION_CALL -> Optional.empty();
        };
    }

    private static ObjectNode data(ReplyEvent event) {
        return switch (event) {
            case ReplyEvent.Start start -> start(start);
            case ReplyEvent.More(_, _, Slice text) -> Json.object().put("content", text.toString());
            case ReplyEvent.Stop(_, End end) -> end(end);
        };
    }

    private static ObjectNode data(Notification told) {
        return switch (told) {
            case Resync _ -> kind("resync");
            case ReplyFinished(var chat, var reply, var title, var status, var seconds) -> kind("reply-finished")
                    .put("chat", chat).put("reply", reply).put("title", title).put("status", status.wire()).put("seconds", seconds);
            case ChatsChanged(var chat, var change) -> kind("chats-changed")
                    .put("chat", chat).put("change", change.name().toLowerCase(Locale.ROOT));
            case Announcement(var text) -> kind("announcement").put("text", text);
        };
    }

    private static ObjectNode kind(String kind) {
        return Json.object().put("kind", kind);
    }

    private static ObjectNode start(ReplyEvent.Start start) {
        var data = Json.object().put("reply", start.reply()).put("chat", start.chat()).put("model", start.model())
                .put("resumed", start.resumed());
        return start.omitted() == 0 ? data : data.put("omitted", start.omitted());
    }

    public static ObjectNode end(End end) {
        var data = Json.object().put("status", end.status().wire()).put("finish_reason", end.finishReason().orElse(null));
        data.set("usage", end.usage().<JsonNode>map(EventJson::usage).orElse(null));
        data.set("error", end.error().<JsonNode>map(Problems::json).orElse(null));
        return data;
    }

    public static ObjectNode usage(Usage usage) {
        return Json.object().put("prompt_tokens", usage.promptTokens()).put("completion_tokens", usage.completionTokens())
                .put("total_tokens", usage.totalTokens());
    }
}
