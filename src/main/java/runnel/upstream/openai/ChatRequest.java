package runnel.upstream.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import okio.BufferedSink;
import runnel.chat.Role;
import runnel.chat.Turn;
import runnel.upstream.Question;
import runnel.upstream.openai.Dialect.Part;
import runnel.upstream.openai.ErrorBody.Parameter;

/// The body of `POST /chat/completions` or `POST /responses`.
final class ChatRequest {
    private final Set<String> fields = new HashSet<>();
    private final boolean prefills;
    private final boolean effort;
    private final ImageParts images;
    private final int length;
    /// Until they are sent: the chat that they hold would stay in memory for as long as the answer takes.
    private byte[] bytes;

    private ChatRequest(ObjectNode json, ImageParts images, boolean prefills) {
        this.images = images;
        json.fieldNames().forEachRemaining(fields::add);
        this.effort = json.path("reasoning").has("effort");
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
    /// @param sees  whether the model sees images
    static ChatRequest of(Question question, Dialect dialect, ContinuationStyle style, boolean sees) {
        var images = new ImageParts();
        ObjectNode json = JsonCodec.MAPPER.createObjectNode().put("model", question.model());
        var messages = json.putArray("messages");
        var turns = dialect.takes(Part.PREAMBLE) ? question.turns() : withoutPreamble(question.turns());
        ChatMessages.write(messages, turns, sees ? Optional.of(images) : Optional.empty());
        if (question.resumes()) {
            style.write(json, messages);
        }
        json.put("stream", true);
        if (dialect.takes(Part.STREAM_OPTIONS)) {
            json.putObject("stream_options").put("include_usage", true);
        }
        putTemperature(json, question, dialect);
        question.effort().filter(_ -> dialect.takes(Part.EFFORT)).ifPresent(effort -> json.put("reasoning_effort", effort));
        question.request().ifPresent(request -> ChatMessages.options(json, request));
        question.maxTokens().ifPresent(most -> json.put(dialect.cap().wire, most));
        return new ChatRequest(json, images, question.resumes() && style != ContinuationStyle.PROMPT);
    }

    /// The same for `POST /responses`. Nothing is kept there: Runnel's own log is what an answer is read from.
    static ChatRequest responses(Question question, Dialect dialect, boolean sees) {
        var images = new ImageParts();
        ObjectNode json = JsonCodec.MAPPER.createObjectNode().put("model", question.model());
        var turns = dialect.takes(Part.PREAMBLE) ? question.turns() : withoutPreamble(question.turns());
        var instructions = turns.stream().takeWhile(turn -> turn.role() == Role.SYSTEM).map(Turn::content).toList();
        if (!instructions.isEmpty()) {
            json.put("instructions", String.join("\n\n", instructions));
        }
        var input = json.putArray("input");
        ChatMessages.writeItems(input, turns.subList(instructions.size(), turns.size()), sees ? Optional.of(images) : Optional.empty());
        if (question.resumes()) {
            ContinuationStyle.PROMPT.write(json, input);
        }
        json.put("stream", true).put("store", false);
        if (dialect.takes(Part.REASONING)) {
            json.putObject("reasoning").put("summary", "auto");
        }
        question.effort().filter(_ -> dialect.takes(Part.EFFORT)).ifPresent(effort -> json.withObject("/reasoning").put("effort", effort));
        question.request().ifPresent(request -> ChatMessages.fields(json, request));
        putTemperature(json, question, dialect);
        question.maxTokens().ifPresent(most -> json.put("max_output_tokens", most));
        return new ChatRequest(json, images, false);
    }

    private static void putTemperature(ObjectNode json, Question question, Dialect dialect) {
        if (dialect.takes(Part.TEMPERATURE)) {
            question.temperature().ifPresent(value -> json.put("temperature", value));
        }
    }

    /// For a model whose chat begins with a prompt, what stands before that is put at its beginning.
    private static List<Turn> withoutPreamble(List<Turn> turns) {
        int prompt = firstPrompt(turns);
        if (prompt <= 0) {
            return turns;
        }
        String preamble = turns.subList(0, prompt + 1).stream().map(Turn::content).collect(Collectors.joining("\n\n"));
        var first = new Turn(Role.USER, preamble).with(preamble, turns.get(prompt).attachments());
        return Stream.concat(Stream.of(first), turns.stream().skip(prompt + 1)).toList();
    }

    /// Whether anything stands before the first prompt.
    static boolean hasPreamble(Question question) {
        return firstPrompt(question.turns()) > 0;
    }

    private static int firstPrompt(List<Turn> turns) {
        return IntStream.range(0, turns.size()).filter(i -> turns.get(i).role() == Role.USER).findFirst().orElse(-1);
    }

    boolean sends(Parameter parameter) {
        return fields.contains(parameter.wire) || parameter == Parameter.REASONING_EFFORT && effort;
    }

    boolean asksForReasoning() {
        return fields.contains("reasoning");
    }

    /// Whether the model is given the beginning of its answer.
    boolean prefills() {
        return prefills;
    }

    long length() {
        return length + images.length();
    }

    /// How many tokens it is taken to be.
    long tokens() {
        return 1 + length / 3 + images.tokens();
    }

    /// Sends it, which can be done once.
    void writeTo(BufferedSink sink) throws IOException {
        byte[] taken = bytes;
        bytes = new byte[0];
        images.write(taken, sink);
    }
}
