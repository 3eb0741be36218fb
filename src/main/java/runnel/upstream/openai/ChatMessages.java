package runnel.upstream.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import runnel.chat.Attachment;
import runnel.chat.Role;
import runnel.chat.Turn;
import runnel.upload.Fence;

/// Turns, and what programs ask for by the Responses API, in the words of chat completions.
final class ChatMessages {
    private final ArrayNode messages;
    /// The calls whose outputs the model is given. Of the others it is not told either, since servers refuse such a chat.
    private final Set<String> answered = new HashSet<>();

    private final Optional<ImageParts> images;
    /// How closely images are to be looked at, by their ids, where programs have said so.
    private final Map<String, String> details = new HashMap<>();

    private ChatMessages(ArrayNode messages, List<Turn> turns, Optional<ImageParts> images) {
        this.messages = messages;
        this.images = images;
        turns.forEach(turn -> turn.input().ifPresent(input -> read(input).forEach(this::find)));
    }

    /// @param images where images are put; nothing for a model that does not see, which is told their names
    static void write(ArrayNode messages, List<Turn> turns, Optional<ImageParts> images) {
        turns.forEach(new ChatMessages(messages, turns, images)::turn);
    }

    /// The same in the words of the Responses API, in which programs have asked.
    static void writeItems(ArrayNode items, List<Turn> turns, Optional<ImageParts> images) {
        turns.forEach(new ChatMessages(items, turns, images)::items);
    }

    private void items(Turn turn) {
        if (turn.input().isPresent()) {
            read(turn.input().get()).forEach(item -> withFiles(turn, item).ifPresentOrElse(this::itemContent, () -> messages.add(((ObjectNode) item).without("id"))));
            return;
        }
        itemContent(turn);
        turn.calls().stream().filter(call -> answered.contains(call.id())).forEach(call -> messages.addObject().put("type", "function_call")
                .put("call_id", call.id()).put("name", call.name()).put("arguments", call.arguments()));
    }

    /// Adds the fields of a request that say how to answer, as they are.
    static void fields(ObjectNode json, String request) {
        read(request).forEachEntry((name, value) -> {
            if (value.isObject() && json.path(name).isObject()) {
                json.withObjectProperty(name).setAll((ObjectNode) value);
            } else {
                set(json, name, value);
            }
        });
    }

    /// Files stand before what is said about them, images behind it. Where there are none, content is a string, which every server takes.
    private void content(Turn turn, String text, BiConsumer<ObjectNode, Attachment> image) {
        var said = turn.role() == Role.ASSISTANT ? ThinkTag.without(turn.content()) : turn.content();
        var content = Stream.concat(turn.attachments().stream().filter(file -> !isSeen(file)).map(ChatMessages::text), Stream.of(said))
                .collect(Collectors.joining("\n\n"));
        if (turn.attachments().stream().anyMatch(this::isSeen)) {
            var parts = messages.addObject().put("role", turn.role().wire()).putArray("content");
            if (!content.isEmpty()) {
                parts.addObject().put("type", text).put("text", content);
            }
            turn.attachments().stream().filter(this::isSeen).forEach(file -> image.accept(parts.addObject(), file));
        } else if (!content.isEmpty() || turn.isPlain()) {
            messages.addObject().put("role", turn.role().wire()).put("content", content);
        }
    }

    private void itemContent(Turn turn) {
        content(turn, "input_text", (part, file) -> detail(part.put("type", "input_image").put("image_url", url(file)), file));
    }

    private void messageContent(Turn turn) {
        content(turn, "text", (part, file) -> detail(part.put("type", "image_url").putObject("image_url").put("url", url(file)), file));
    }

    private String url(Attachment file) {
        return images.orElseThrow().url(file);
    }

    private void detail(ObjectNode holder, Attachment file) {
        Optional.ofNullable(details.get(file.id())).ifPresent(detail -> holder.put("detail", detail));
    }

    /// A message of the user that names uploads in its parts, as a turn that has them beside it.
    private static Optional<Turn> withFiles(Turn turn, JsonNode item) {
        var ids = item.path("content").findValuesAsText("file_id");
        var files = turn.attachments().stream().filter(file -> ids.contains(file.id())).toList();
        return ids.isEmpty() ? Optional.empty()
                : Optional.of(new Turn(Role.USER, "").with(item.path("content").path(0).path("text").asText(), files));
    }

    private boolean isSeen(Attachment file) {
        return images.isPresent() && file.isImage();
    }

    private static String text(Attachment file) {
        try {
            return file.isImage() ? "[An image that this model cannot see: " + file.name() + "]"
                    : Fence.around(file.name(), Files.readString(file.file()));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private void find(JsonNode item) {
        if (item.path("type").asText().equals("function_call_output")) {
            answered.add(item.path("call_id").asText());
        }
        item.path("content").valueStream().filter(part -> part.has("file_id") && part.has("detail"))
                .forEach(part -> details.put(part.get("file_id").asText(), part.get("detail").asText()));
    }

    private void turn(Turn turn) {
        if (turn.input().isPresent()) {
            read(turn.input().get()).forEach(item -> withFiles(turn, item).ifPresentOrElse(this::messageContent, () -> item(item)));
            return;
        }
        messageContent(turn);
        turn.calls().forEach(call -> call(call.id(), call.name(), call.arguments()));
    }

    private void item(JsonNode item) {
        switch (item.path("type").asText()) {
            case "function_call" -> call(item.path("call_id").asText(), item.path("name").asText(), item.path("arguments").asText());
            case "function_call_output" -> messages.addObject().put("role", "tool")
                    .put("tool_call_id", item.path("call_id").asText()).put("content", item.path("output").asText());
            default -> messages.addObject().put("role", item.path("role").asText().replace("developer", "system"))
                    .put("content", item.path("content").path(0).path("text").asText());
        }
    }

    /// Calls stand in the message of the answer before them.
    private void call(String id, String name, String arguments) {
        if (!answered.contains(id)) {
            return;
        }
        boolean fits = !messages.isEmpty() && messages.get(messages.size() - 1).path("role").asText().equals(Role.ASSISTANT.wire());
        var message = fits ? (ObjectNode) messages.get(messages.size() - 1)
                : messages.addObject().put("role", Role.ASSISTANT.wire()).putNull("content");
        message.withArray("tool_calls").addObject().put("id", id).put("type", "function").putObject("function")
                .put("name", name).put("arguments", arguments);
    }

    /// Adds the fields of a request that have another name, or another form, in chat completions.
    static void options(ObjectNode json, String request) {
        var asked = read(request);
        for (var name : List.of("top_p", "presence_penalty", "frequency_penalty", "parallel_tool_calls", "user", "safety_identifier",
                "prompt_cache_key", "service_tier")) {
            set(json, name, asked.path(name));
        }
        set(json, "reasoning_effort", asked.path("reasoning").path("effort"));
        set(json, "verbosity", asked.path("text").path("verbosity"));
        format(json, asked.path("text").path("format"));
        asked.path("tools").forEach(tool -> set(json.withArray("tools").addObject().put("type", "function").putObject("function"), tool));
        var choice = asked.path("tool_choice");
        if (choice.isObject()) {
            json.putObject("tool_choice").put("type", "function").putObject("function").set("name", choice.path("name"));
        } else {
            set(json, "tool_choice", choice);
        }
    }

    private static void format(ObjectNode json, JsonNode format) {
        var type = format.path("type").asText("text");
        if (!type.equals("text")) {
            var target = json.putObject("response_format").put("type", type);
            if (type.equals("json_schema")) {
                set(target.putObject("json_schema"), format);
            }
        }
    }

    private static void set(ObjectNode target, JsonNode source) {
        source.forEachEntry((name, value) -> set(target, name, name.equals("type") ? source.path("") : value));
    }

    private static void set(ObjectNode json, String name, JsonNode value) {
        if (!value.isMissingNode() && !value.isNull()) {
            json.set(name, value);
        }
    }

    private static JsonNode read(String json) {
        try {
            return JsonCodec.MAPPER.readTree(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
