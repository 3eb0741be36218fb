package runnel.upstream.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import runnel.settings.ContinueBy;
import runnel.chat.Role;

/// How a server is told to go on with the assistant's last message, rather than to answer it. OpenAI's API has no word for
/// it, so every family of servers has its own. A server that does not know one of them may ignore it and begin anew, so
/// none is tried on a stranger.
enum ContinuationStyle {
    /// Two parameters of the request: vLLM and SGLang, and those that followed them.
    PARAMETERS,
    /// A mark on the message: Mistral, and DeepSeek at its beta address.
    PREFIX_FIELD,
    /// That it stands last is enough: Ollama, llama.cpp, the demo model.
    LAST_MESSAGE,
    /// One more prompt, which every model understands and most follow.
    PROMPT;

    private static final String GO_ON =
            "Your last answer was cut off. Go on exactly where it ends, without a word of introduction and without repeating anything.";

    /// @param owner what the server's list of models says under `owned_by`
    static ContinuationStyle of(ContinueBy setting, URI baseUrl, String owner) {
        return switch (setting) {
            case ASK -> PROMPT;
            case AUTO -> known(baseUrl, owner);
            case PREFILL -> known(baseUrl, owner) == PROMPT ? PARAMETERS : known(baseUrl, owner);
        };
    }

    private static ContinuationStyle known(URI baseUrl, String owner) {
        String host = baseUrl.getHost() == null ? "" : baseUrl.getHost();
        if (host.equals("api.mistral.ai") || host.equals("api.deepseek.com") && baseUrl.getPath().startsWith("/beta")) {
            return PREFIX_FIELD;
        }
        return switch (owner) {
            case "vllm", "sglang" -> PARAMETERS;
            case "library", "llamacpp", "runnel" -> LAST_MESSAGE;
            default -> PROMPT;
        };
    }

    void write(ObjectNode request, ArrayNode messages) {
        switch (this) {
            case PARAMETERS -> request.put("continue_final_message", true).put("add_generation_prompt", false);
            case PREFIX_FIELD -> ((ObjectNode) messages.get(messages.size() - 1)).put("prefix", true);
            case LAST_MESSAGE -> {}
            case PROMPT -> messages.addObject().put("role", Role.USER.wire()).put("content", GO_ON);
        }
    }
}
