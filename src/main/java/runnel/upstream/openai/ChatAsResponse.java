package runnel.upstream.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The body of a `POST /chat/completions` in the words of `POST /responses`. What has no other word there goes as it came, and the
/// server says what it does not know.
final class ChatAsResponse {
    private final ObjectNode json = JsonCodec.MAPPER.createObjectNode();

    private ChatAsResponse() {}

    static byte[] of(byte[] chat) {
        try {
            var response = new ChatAsResponse();
            JsonCodec.MAPPER.readTree(chat).forEachEntry(response::field);
            if (!response.json.has("store")) {
                response.json.put("store", false);
            }
            return response.json.toString().getBytes(StandardCharsets.UTF_8); // which takes half a pair of surrogates
        } catch (IOException impossible) { // it has been looked through
            throw new UncheckedIOException(impossible);
        }
    }

    private void field(String name, JsonNode value) {
        switch (name) {
            case "messages" -> value.forEach(message -> message(json.withArray("input"), message));
            case "max_tokens", "max_completion_tokens" -> json.set("max_output_tokens", value);
            case "reasoning_effort" -> json.withObject("/reasoning").set("effort", value);
            case "verbosity" -> json.withObject("/text").set("verbosity", value);
            case "response_format" -> json.withObject("/text").set("format", flat(value, "json_schema"));
            case "tools" -> value.forEach(tool -> json.withArray("tools").add(flat(tool, "function")));
            case "tool_choice" -> json.set(name, flat(value, "function"));
            case "stream_options" -> {} // a response always says what it cost
            default -> json.set(name, value);
        }
    }

    /// What chat completions put into an object of its own stands beside the type here.
    private static JsonNode flat(JsonNode node, String inner) {
        var flat = node.deepCopy();
        return flat instanceof ObjectNode object && object.remove(inner) instanceof ObjectNode within ? object.setAll(within) : node;
    }

    private static void message(ArrayNode input, JsonNode message) {
        var role = message.path("role").asText();
        var content = content(message.path("content"), role.equals("assistant") ? "output_text" : "input_text");
        if (role.equals("tool")) {
            input.addObject().put("type", "function_call_output").put("call_id", message.path("tool_call_id").asText())
                    .set("output", content);
        } else if (!content.isMissingNode() && !content.isNull()) {
            input.addObject().put("role", role).set("content", content);
        }
        message.path("tool_calls").forEach(call -> input.addObject().put("type", "function_call").put("call_id", call.path("id").asText())
                .put("name", call.at("/function/name").asText()).put("arguments", call.at("/function/arguments").asText()));
    }

    private static JsonNode content(JsonNode content, String text) {
        if (!content.isArray()) {
            return content;
        }
        var parts = JsonCodec.MAPPER.createArrayNode();
        content.forEach(part -> {
            switch (part.path("type").asText()) {
                case "text" -> parts.addObject().put("type", text).set("text", part.path("text"));
                case "image_url" -> {
                    var image = parts.addObject().put("type", "input_image");
                    image.set("image_url", part.at("/image_url/url"));
                    image.put("detail", part.at("/image_url/detail").asText("auto"));
                }
                case "file" -> parts.add(((ObjectNode) flat(part, "file")).put("type", "input_file"));
                default -> parts.add(part);
            }
        });
        return parts;
    }
}
