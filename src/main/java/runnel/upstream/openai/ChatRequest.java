package runnel.upstream.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import runnel.chat.Turn;
import runnel.upstream.Question;
import runnel.upstream.openai.ErrorBody.Parameter;

/// The body of `POST /chat/completions`.
final class ChatRequest {
    private final Set<String> fields = new HashSet<>();
    private final boolean prefills;
    private final int length;
    /// Until they are sent: the chat that they hold would stay in memory for as long as the answer takes.
    private byte[] bytes;

    private ChatRequest(ObjectNode json, boolean prefills) {
        json.fieldNames().forEachRemaining(fields::add);
        this.prefills = prefills;
        this.bytes = bytes(json);
        this.length = bytes.length;
    }

    /// By way of a string: Jackson's own UTF-8 writer fails at half a surrogate pair, which a chat may hold.
    private static byte[] bytes(ObjectNode json) {
        try {
            return JsonCodec.MAPPER.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// @param style how to ask to go on, where that is asked
    static ChatRequest of(Question question, Dialect dialect, ContinuationStyle style) {
        ObjectNode json = JsonCodec.MAPPER.createObjectNode().put("model", question.model());
        var messages = json.putArray("messages");
        for (Turn turn : question.turns()) {
            messages.addObject().put("role", turn.role().wire()).put("content", turn.content());
        }
        if (question.resumes()) {
            style.write(json, messages);
        }
        json.put("stream", true);
        if (dialect.usage()) {
            json.putObject("stream_options").put("include_usage", true);
        }
        if (dialect.temperature()) {
            question.temperature().ifPresent(value -> json.put("temperature", value));
        }
        question.maxTokens().ifPresent(most -> json.put(dialect.cap().wire, most));
        return new ChatRequest(json, question.resumes() && style != ContinuationStyle.WORDS);
    }

    boolean sends(Parameter parameter) {
        return fields.contains(parameter.wire);
    }

    /// Whether the model is given the beginning of its answer.
    boolean prefills() {
        return prefills;
    }

    int length() {
        return length;
    }

    /// What is sent; it can be had once.
    byte[] taken() {
        byte[] taken = bytes;
        bytes = new byte[0];
        return taken;
    }
}
