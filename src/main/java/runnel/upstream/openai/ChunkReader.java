package runnel.upstream.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import runnel.chat.Usage;

/// Reads any chunk that a server is known to send: a `chat.completion.chunk`, a whole `chat.completion`, a `text_completion`, and
/// what gateways pass on of the APIs behind them (Anthropic's events, Gemini's `candidates`, Ollama's `message`).
final class ChunkReader {
    private static final List<String> REASONING = List.of("reasoning_content", "reasoning", "reasoning_details", "reasoning_text",
            "thinking", "thinking_blocks", "thought", "thoughts", "cot", "reasoningContent", "reasoning_summary", "thinking_content");
    private static final List<String> FINISH = List.of("finish_reason", "finishReason", "stop_reason", "done_reason", "stop_type",
            "finish_details");
    private static final List<String> CHOICES = List.of("choices", "candidates");
    /// What gateways put an answer of another form into: Cloudflare, Alibaba, Gemini's Code Assist, and many of their own; Groq, an error.
    static final List<String> ENVELOPES = List.of("result", "data", "output", "response", "x_groq");
    /// Where the text of a chunk stands that has no delta.
    private static final List<String> SAID = List.of("text", "content", "completion", "output_text", "token");
    /// Where a piece of text is within an object.
    private static final List<String> TEXT = List.of("text", "content", "value", "parts", "refusal", "thinking", "reasoning", "summary",
            "reasoningText");

    /// Fields that say nothing of the answer.
    private static final Set<String> CHUNK = Set.of("id", "object", "created", "model", "system_fingerprint", "service_tier",
            "obfuscation");
    private static final Set<String> CHOICE = Set.of("index");
    private static final Set<String> DELTA = Set.of("role");

    private ChunkReader() {}

    static Chunk read(JsonNode chunk) {
        if (isPlain(chunk)) {
            var content = chunk.path("choices").path(0).path("delta").path("content").textValue();
            return new Chunk(new Chunk.Text("", content, ""), Chunk.NOTHING, List.of(),
                    Optional.empty(), Optional.empty(), Optional.empty());
        }
        JsonNode choice = choice(chunk);
        JsonNode delta = delta(choice);
        JsonNode message = message(choice);
        boolean complains = choice == chunk && message.isTextual();
        var piece = piece(choice, delta);
        var whole = complains ? Chunk.NOTHING : new Chunk.Text(reasoning(message), content(message), refusal(message));
        var finishReason = finishReason(choice);
        boolean answers = !piece.isEmpty() || !whole.isEmpty() || choice != chunk && finishReason.isPresent();
        return new Chunk(
                piece,
                whole,
                Stream.concat(calls(delta), calls(message).map(Chunk.Call::whole)).toList(),
                finishReason.or(() -> FinishReason.of(word(chunk.at("/promptFeedback/blockReason")))),
                Stream.of(chunk, choice).map(each -> each.path("usage")).filter(JsonNode::isObject).findFirst().map(ChunkReader::usage),
                ErrorBody.complaintOf(chunk, choice, answers));
    }

    /// Whether this is the chunk that comes a thousand times in an answer, some text and nothing else. To look everywhere for what
    /// else it may say would cost as much as all the rest of it.
    private static boolean isPlain(JsonNode chunk) {
        var choices = chunk.path("choices");
        var choice = choices.path(0);
        return choices.size() == 1 && choice.path("delta").path("content").isTextual() && hasOnly(chunk, CHUNK, "choices")
                && hasOnly(choice, CHOICE, "delta") && hasOnly(choice.path("delta"), DELTA, "content");
    }

    /// Whether an object has, but for one field, only those that say nothing, and others that are null.
    private static boolean hasOnly(JsonNode object, Set<String> silent, String field) {
        for (var property : object.properties()) {
            var name = property.getKey();
            if (!property.getValue().isNull() && !silent.contains(name) && !name.equals(field)) {
                return false;
            }
        }
        return object.isObject();
    }

    /// The first of the chunk's choices, what is wrapped in it, or the chunk itself, where it has neither. Nobody asks for more than
    /// one answer, and LiteLLM counts the blocks of one in their indexes, so that of another chunk may be any.
    private static JsonNode choice(JsonNode chunk) {
        var wrapped = ENVELOPES.stream().map(chunk::path).filter(JsonNode::isObject).toList();
        var first = Stream.concat(Stream.of(chunk), wrapped.stream()).flatMap(holder -> CHOICES.stream().map(holder::path))
                .flatMap(list -> list.isArray() ? list.valueStream() : Stream.of(list)).filter(JsonNode::isObject)
                .min(Comparator.comparingInt(choice -> choice.path("index").asInt()));
        return first.orElseGet(() -> wrapped.stream()
                        .filter(holder -> holder.path("response").isTextual() || holder.path("text").isTextual())
                        .filter(holder -> holder != chunk.path("response")).findFirst().orElse(chunk));
    }

    /// Cohere has a message in its deltas; a block of Anthropic's may begin with text.
    private static JsonNode delta(JsonNode choice) {
        var delta = choice.path("delta");
        return delta.path("message").isObject() ? delta.path("message") : isOllama(choice) ? choice.path("message")
                : delta.isMissingNode() ? choice.path("content_block") : delta;
    }

    private static JsonNode message(JsonNode choice) {
        return choice.path("response").isObject() ? choice.path("response")
                : isOllama(choice) ? MissingNode.getInstance() : choice.path("message");
    }

    /// Whose messages are pieces.
    private static boolean isOllama(JsonNode choice) {
        return choice.path("done").isBoolean() && choice.path("message").isObject();
    }

    private static Chunk.Text piece(JsonNode choice, JsonNode delta) {
        String content = content(delta);
        return new Chunk.Text(
                delta.isTextual() ? "" : firstOf(reasoning(delta), reasoning(choice)),
                content.isEmpty() ? firstOf(Stream.concat(SAID.stream().map(choice::path).map(ChunkReader::thoughtless),
                        Stream.of(choice.path("response").asText("")))) : content,
                refusal(delta));
    }

    /// What a delta or a message says.
    private static String content(JsonNode holder) {
        return holder.isTextual() ? holder.textValue() : firstOf(thoughtless(holder.path("content")), thoughtless(holder.path("text")),
                text(holder.path("audio").path("transcript")));
    }

    private static String refusal(JsonNode holder) {
        return text(holder.path("refusal")) + refusals(holder.path("content"));
    }

    /// The calls of a delta or a message: in a list, or the only one, as it was before there was a list. The arguments are JSON in a
    /// string; Ollama's are JSON.
    private static Stream<Chunk.Call> calls(JsonNode holder) {
        return Stream.concat(holder.path("tool_calls").valueStream(), Stream.of(holder.path("function_call"))).filter(JsonNode::isObject)
                .map(call -> {
                    var function = call.path("function").isObject() ? call.path("function") : call;
                    var arguments = function.path("arguments");
                    return new Chunk.Call(call.path("index").asInt(), call.path("id").asText(""), function.path("name").asText(""),
                            arguments.isContainerNode() ? arguments.toString() : arguments.asText(""));
                });
    }

    private static String reasoning(JsonNode holder) {
        String own = firstOf(REASONING.stream().map(holder::path).map(ChunkReader::text));
        return own.isEmpty() ? thoughts(holder.path("content")) : own;
    }

    /// Content is a string, or parts such as `[{"type":"text","text":"…"}]`; Mistral's reasoning models put what they think
    /// into parts of their own (`{"type":"thinking","thinking":[…]}`), and Gemini marks them (`{"thought":true,"text":"…"}`).
    private static String thoughtless(JsonNode content) {
        return content.isContainerNode() ? parts(content, part -> !isThought(part) && !isRefusal(part))
                : content.isNumber() ? content.asText() : text(content);
    }

    private static String thoughts(JsonNode content) {
        return content.isContainerNode() ? parts(content, ChunkReader::isThought) : "";
    }

    private static String refusals(JsonNode content) {
        return content.isContainerNode() ? parts(content, ChunkReader::isRefusal) : "";
    }

    private static String parts(JsonNode content, Predicate<JsonNode> wanted) {
        JsonNode parts = content.path("parts").isArray() ? content.path("parts")
                : content.isArray() ? content : JsonCodec.MAPPER.createArrayNode().add(content);
        return parts.valueStream().filter(wanted).map(ChunkReader::text).collect(Collectors.joining());
    }

    private static boolean isRefusal(JsonNode part) {
        return part.path("type").asText("").equals("refusal");
    }

    private static boolean isThought(JsonNode part) {
        return part.path("thought").asBoolean() || part.has("thinking") && !part.has("text")
                || part.path("type").asText("").matches("(redacted_)?(thinking|reasoning|thought)(_delta|\\..*)?");
    }

    private static String text(JsonNode node) {
        if (node.isArray()) {
            return node.valueStream().map(ChunkReader::text).collect(Collectors.joining());
        }
        return node.isObject()
                ? firstOf(TEXT.stream().map(node::path).map(ChunkReader::text))
                : node.isTextual() ? node.textValue() : "";
    }

    private static String firstOf(String... texts) {
        return firstOf(Stream.of(texts));
    }

    private static String firstOf(Stream<String> texts) {
        return texts.filter(text -> !text.isEmpty()).findFirst().orElse("");
    }

    /// Gateways say `stop` for whatever they do not know, and put the model's own word beside it.
    private static Optional<FinishReason> finishReason(JsonNode choice) {
        var said = Stream.of(choice, choice.path("delta")).flatMap(holder -> FINISH.stream().map(holder::path)).map(ChunkReader::word)
                .map(FinishReason::of).flatMap(Optional::stream).findFirst();
        var own = FinishReason.of(word(choice.path("native_finish_reason")));
        if (said.isEmpty() && own.isEmpty() && (choice.path("done").asBoolean() || choice.path("stop").asBoolean())) {
            return Optional.of(FinishReason.STOP);
        }
        return own.isPresent() && said.orElse(FinishReason.STOP) == FinishReason.STOP ? own : said;
    }

    /// SGLang's reasons are objects: `{"type":"length","length":64}`.
    private static String word(JsonNode reason) {
        return reason.isArray() ? word(reason.path(0)) : reason.isObject() ? reason.path("type").asText("")
                : reason.isBoolean() ? "" : reason.asText("");
    }

    static Usage usage(JsonNode usage) {
        long prompt = usage.path("prompt_tokens").asLong(usage.path("input_tokens").asLong());
        long completion = usage.path("completion_tokens").asLong(usage.path("output_tokens").asLong());
        var read = usage.path(usage.has("prompt_tokens_details") ? "prompt_tokens_details" : "input_tokens_details");
        var written = usage.path(usage.has("completion_tokens_details") ? "completion_tokens_details" : "output_tokens_details");
        return new Usage(prompt, completion, usage.path("total_tokens").asLong(prompt + completion), read.path("cached_tokens").asLong(),
                written.path("reasoning_tokens").asLong());
    }
}
