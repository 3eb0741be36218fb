package runnel.upstream.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import runnel.chat.Usage;

/// A chat completion and its chunks, as a model server writes them.
///
/// @param created when it began, in seconds since 1970
public record CompletionJson(String id, long created, String model) {
    public ObjectNode of(String object) {
        return JsonCodec.MAPPER.createObjectNode().put("id", id).put("object", object).put("created", created).put("model", model);
    }

    /// @param name         what holds the value: `message`, and in a chunk `delta`
    /// @param finishReason empty where it goes on
    public ObjectNode choice(String object, String name, ObjectNode value, String finishReason) {
        var json = of(object);
        json.putArray("choices").addObject().put("index", 0).put("finish_reason", finishReason.isEmpty() ? null : finishReason)
                .set(name, value);
        return json;
    }

    public static ObjectNode withUsage(ObjectNode json, Usage usage) {
        var told = json.putObject("usage").put("prompt_tokens", usage.promptTokens()).put("completion_tokens", usage.completionTokens())
                .put("total_tokens", usage.totalTokens());
        told.putObject("prompt_tokens_details").put("cached_tokens", usage.cachedTokens());
        told.putObject("completion_tokens_details").put("reasoning_tokens", usage.reasoningTokens());
        return json;
    }
}
