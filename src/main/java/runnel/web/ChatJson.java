package runnel.web;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import runnel.chat.Chat;
import runnel.chat.Cursor;
import runnel.chat.End;
import runnel.chat.FunctionCall;
import runnel.chat.Message;
import runnel.chat.Snapshot;
import runnel.web.http.Json;
import runnel.web.http.Problems;
import runnel.web.stream.EventJson;

/// Chats and messages as the API shows them.
final class ChatJson {
    /// Tells an export of this server from any other.
    static final String FORMAT = "runnel/1";

    private ChatJson() {}

    static ObjectNode row(Chat chat) {
        return Json.object().put("id", chat.id()).put("title", chat.title()).put("model", chat.model().orElse(null))
                .put("pinned", chat.pinned()).put("archived", chat.archived())
                .put("created", chat.created()).put("updated", chat.updated());
    }

    /// A chat with its messages, written as it goes: they can be many.
    ///
    /// @param format where this is an export, its format
    static void whole(JsonGenerator out, Chat chat, Iterable<List<Message>> pages, Function<Message, Shown> shown, Optional<String> format)
            throws IOException {
        out.writeStartObject();
        for (var field : row(chat).put("system", chat.system()).properties()) {
            tree(out, field.getKey(), field.getValue());
        }
        out.writeArrayFieldStart("messages");
        for (var page : pages) {
            for (var message : page) {
                message(out, shown.apply(message));
            }
        }
        out.writeEndArray();
        if (format.isPresent()) {
            out.writeStringField("format", format.get());
        }
        out.writeEndObject();
    }

    /// A message as it is shown.
    ///
    /// @param cursor of a running reply, the place behind exactly this text
    record Shown(Message message, Optional<Cursor> cursor) {}

    private static void message(JsonGenerator out, Shown shown) throws IOException {
        var message = shown.message();
        out.writeStartObject();
        out.writeStringField("id", message.id());
        out.writeStringField("role", message.role().wire());
        out.writeStringField("content", message.text().contentText());
        out.writeStringField("reasoning", message.text().reasoningText());
        if (!message.text().isReasoningThenText()) {
            runs(out, message.text());
        }
        out.writeStringField("status", message.status().wire());
        out.writeStringField("parent", message.parent().orElse(null));
        out.writeStringField("model", message.model().orElse(null));
        tree(out, "usage", message.text().end().flatMap(End::usage).<JsonNode>map(EventJson::usage).orElse(null));
        out.writeNumberField("created", message.created());
        out.writeStringField("finish_reason", message.text().end().flatMap(End::finishReason).orElse(null));
        tree(out, "error", message.text().end().flatMap(End::error).<JsonNode>map(Problems::json).orElse(null));
        if (message.omitted() > 0) {
            out.writeNumberField("omitted", message.omitted());
        }
        if (shown.cursor().isPresent()) {
            out.writeStringField("cursor", shown.cursor().get().toString());
        }
        out.writeEndObject();
    }

    private static void runs(JsonGenerator out, Snapshot text) throws IOException {
        out.writeArrayFieldStart("runs");
        for (var run : text.inOrder()) {
            out.writeStartObject();
            out.writeStringField("kind", run.kind().wire());
            switch (run.kind()) {
                case REASONING, TEXT, REFUSAL -> out.writeStringField("content", run.text().toString());
                case FUNCTION_CALL -> {
                    var call = FunctionCall.of(run.text());
                    out.writeStringField("id", call.id());
                    out.writeStringField("name", call.name());
                    out.writeStringField("content", call.arguments());
                }
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void tree(JsonGenerator out, String name, JsonNode value) throws IOException {
        out.writeFieldName(name);
        out.writeTree(value);
    }
}
