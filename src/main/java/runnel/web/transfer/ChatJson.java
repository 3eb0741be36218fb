package runnel.web.transfer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import runnel.chat.Attachment;
import runnel.chat.Chat;
import runnel.chat.Cursor;
import runnel.chat.End;
import runnel.chat.FunctionCall;
import runnel.chat.Message;
import runnel.chat.Run;
import runnel.chat.Snapshot;
import runnel.store.chat.Messages.Version;
import runnel.web.http.Json;
import runnel.web.http.Problems;
import runnel.web.http.SamplingFields;
import runnel.web.stream.EventJson;

/// Chats and messages as the API shows them.
public final class ChatJson {
    /// Tells an export of this server from any other.
    static final String FORMAT = "runnel/1";

    private ChatJson() {}

    public static ObjectNode row(Chat chat) {
        var row = Json.object().put("id", chat.id()).put("title", chat.title()).put("model", chat.model().orElse(null))
                .put("pinned", chat.pinned()).put("archived", chat.archived())
                .put("created", chat.created()).put("updated", chat.updated());
        chat.tags().forEach(row.putArray("tags")::add);
        return row;
    }

    /// What a chat is beside its messages.
    public static ObjectNode facts(Chat chat) {
        return SamplingFields.write(row(chat).put("system", chat.system()), chat.sampling()).put("temporary", chat.temporary());
    }

    public static String written(Version version) {
        return version.count() + "." + version.ends() + "." + version.last();
    }

    /// @param written what a reader says it knows; any text that was never a version is that of no chat
    public static Version version(String written) {
        try {
            var parts = written.split("\\.", 3);
            return new Version(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException never) {
            return new Version(-1, -1, "");
        }
    }

    /// What an export says of a chat, beside its messages.
    public static ObjectNode exported(Chat chat) {
        return SamplingFields.write(row(chat).put("system", chat.system()), chat.sampling()).put("format", FORMAT);
    }

    /// A chat with its messages, written as it goes: they can be many.
    public static void whole(JsonGenerator out, ObjectNode chat, Iterable<List<Message>> pages, Function<Message, ShownMessage> shown)
            throws IOException {
        out.writeStartObject();
        for (var field : chat.properties()) {
            tree(out, field.getKey(), field.getValue());
        }
        out.writeArrayFieldStart("messages");
        for (var page : pages) {
            for (var message : page) {
                message(out, shown.apply(message));
            }
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    /// A message as it is shown.
    ///
    /// @param cursor of a running reply, the place behind exactly this text
    public record ShownMessage(Message message, Optional<Cursor> cursor) {}

    public static void message(JsonGenerator out, ShownMessage shown) throws IOException {
        var message = shown.message();
        out.writeStartObject();
        out.writeStringField("id", message.id());
        out.writeStringField("role", message.role().wire());
        out.writeFieldName("content");
        out.writeString(message.text().reader(Run.Kind::isContent), -1);
        out.writeFieldName("reasoning");
        out.writeString(message.text().reader(kind -> kind == Run.Kind.REASONING), -1);
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
        if (!message.attachments().isEmpty()) {
            out.writeArrayFieldStart("attachments");
            for (var attachment : message.attachments()) {
                out.writeTree(attachment(attachment));
            }
            out.writeEndArray();
        }
        if (shown.cursor().isPresent()) {
            out.writeStringField("cursor", shown.cursor().get().toString());
        }
        out.writeEndObject();
    }

    public static ObjectNode attachment(Attachment attachment) {
        return Json.object().put("id", attachment.id()).put("name", attachment.name()).put("type", attachment.type())
                .put("size", attachment.size()).put("tokens", attachment.tokens());
    }

    private static void runs(JsonGenerator out, Snapshot text) throws IOException {
        out.writeArrayFieldStart("runs");
        for (var run : text.inOrder()) {
            out.writeStartObject();
            out.writeStringField("kind", run.kind().wire());
            switch (run.kind()) {
                case REASONING, TEXT, REFUSAL -> {
                    out.writeFieldName("content");
                    out.writeString(new InputStreamReader(run.text().stream(), StandardCharsets.UTF_8), -1);
                }
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
