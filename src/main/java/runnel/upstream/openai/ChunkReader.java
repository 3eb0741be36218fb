package runnel.upstream.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import runnel.chat.Usage;

/// Reads any chunk that an OpenAI-compatible server is known to send; also a whole `chat.completion`, whose choice
/// holds a `message` where a chunk's holds a `delta`.
final class ChunkReader {
    private ChunkReader() {}

    static Chunk read(String data) throws JsonProcessingException {
        JsonNode chunk = JsonCodec.MAPPER.readTree(data);
        JsonNode choice = chunk.path("choices").path(0);
        JsonNode delta = choice.has("delta") ? choice.path("delta") : choice.path("message");
        return new Chunk(
                reasoning(delta),
                content(delta.path("content"), "text"),
                finishReason(choice),
                usage(chunk.path("usage")),
                complaint(chunk).or(() -> complaint(choice)));
    }

    private static String reasoning(JsonNode delta) {
        String text = delta.path("reasoning_content").asText("");
        if (text.isEmpty() && delta.path("reasoning").isTextual()) {
            text = delta.path("reasoning").textValue();
        }
        return text.isEmpty() ? content(delta.path("content"), "thinking") : text;
    }

    /// Content is a string, or parts such as `[{"type":"text","text":"…"}]`; Mistral's reasoning models put what they
    /// think into parts of their own: `{"type":"thinking","thinking":[{"type":"text","text":"…"}]}`.
    private static String content(JsonNode content, String part) {
        if (content.isTextual()) {
            return part.equals("text") ? content.textValue() : "";
        }
        var text = new StringBuilder();
        for (JsonNode each : content) {
            JsonNode inner = each.path(part);
            text.append(inner.isArray() ? content(inner, "text") : inner.asText(""));
        }
        return text.toString();
    }

    private static Optional<String> finishReason(JsonNode choice) {
        return Optional.of(choice.path("finish_reason").asText("")).filter(reason -> !reason.isEmpty());
    }

    private static Optional<Usage> usage(JsonNode usage) {
        if (!usage.isObject()) {
            return Optional.empty();
        }
        long prompt = usage.path("prompt_tokens").asLong();
        long completion = usage.path("completion_tokens").asLong();
        return Optional.of(new Usage(prompt, completion, usage.path("total_tokens").asLong(prompt + completion)));
    }

    private static Optional<ErrorBody> complaint(JsonNode holder) {
        JsonNode error = holder.path("error");
        return error.isMissingNode() || error.isNull() ? Optional.empty() : Optional.of(ErrorBody.in(holder));
    }
}
