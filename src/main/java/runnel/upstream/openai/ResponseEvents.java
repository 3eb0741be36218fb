package runnel.upstream.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import runnel.chat.Usage;

/// Reads the events of one answer of `POST /responses` (OpenAI's API reference, "Streaming events") as chunks, and
/// those of any other API. What has come in pieces is not taken once more from the events that repeat it as a whole; where no piece of
/// it came, those are the answer.
final class ResponseEvents {
    private static final Chunk NOTHING = chunk("", "", "");
    private static final String PARAGRAPH = "\n\n";

    private enum Part { REASONING, TEXT, REFUSAL, CALL }

    /// What has come in pieces, as the part and the place of its item in the output.
    private final Set<String> begun = new HashSet<>();
    private boolean called;

    Chunk read(JsonNode event) {
        return switch (event.path("type").asText("")) {
            case "response.output_text.delta" -> piece(Part.TEXT, event, "delta");
            case "response.output_text.done" -> whole(Part.TEXT, event, "text");
            case "response.refusal.delta" -> piece(Part.REFUSAL, event, "delta");
            case "response.refusal.done" -> whole(Part.REFUSAL, event, "refusal");
            case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" -> piece(Part.REASONING, event, "delta");
            case "response.reasoning_summary_text.done", "response.reasoning_text.done" -> whole(Part.REASONING, event, "text");
            case "response.reasoning_summary_part.added" -> event.path("summary_index").asInt() > 0 ? chunk(PARAGRAPH, "", "") : NOTHING;
            case "response.function_call_arguments.delta" -> piece(Part.CALL, event, "delta");
            case "response.function_call_arguments.done" -> whole(Part.CALL, event, "arguments");
            case "response.output_item.added" -> announced(event.path("item"), event);
            case "response.output_item.done" -> item(event.path("item"), place(event));
            case "response.completed", "response.incomplete", "response.failed", "response.cancelled", "response.done" ->
                    ended(event.path("response"), event.path("type").asText("").replaceFirst("^response\\.", ""));
            case "error" -> complaint(ErrorBody.in(event));
            default -> other(event);
        };
    }

    /// A whole answer that did not stream, or what a gateway passes on of another API.
    private Chunk other(JsonNode event) {
        return event.path("object").asText("").equals("response") ? ended(event, "completed")
                : event.path("type").asText("").startsWith("response.") ? NOTHING : ChunkReader.read(event);
    }

    private static String place(JsonNode event) {
        return event.path("output_index").asText("0");
    }

    private Chunk piece(Part part, JsonNode event, String field) {
        begun.add(part + place(event));
        var text = event.path(field).asText("");
        return switch (part) {
            case REASONING -> chunk(text, "", "");
            case TEXT -> chunk("", text, "");
            case REFUSAL -> chunk("", "", text);
            case CALL -> call(new Chunk.Call(event.path("output_index").asInt(), "", "", text));
        };
    }

    private Chunk whole(Part part, JsonNode event, String field) {
        return begun.contains(part + place(event)) ? NOTHING : piece(part, event, field);
    }

    private Chunk announced(JsonNode item, JsonNode event) {
        if (!isCall(item)) {
            return NOTHING;
        }
        var arguments = item.path("arguments").asText("");
        if (!arguments.isEmpty()) {
            begun.add(Part.CALL + place(event));
        }
        begun.add("item" + place(event));
        return call(named(event.path("output_index").asInt(), item, arguments));
    }

    private static Chunk.Call named(int index, JsonNode item, String arguments) {
        return new Chunk.Call(index, item.path("call_id").asText(""), item.path("name").asText(""), arguments);
    }

    private Chunk call(Chunk.Call call) {
        called = true;
        return new Chunk(Chunk.NOTHING, Chunk.NOTHING, List.of(call), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static boolean isCall(JsonNode item) {
        return item.path("type").asText("").equals("function_call");
    }

    /// What of an item has not come in pieces.
    private Chunk item(JsonNode item, String place) {
        if (isCall(item)) {
            boolean known = !begun.add("item" + place);
            return known ? NOTHING : call(named(Chunk.Call.WHOLE, item, item.path("arguments").asText("")));
        }
        return chunk(missing(Part.REASONING, item, place), missing(Part.TEXT, item, place), missing(Part.REFUSAL, item, place));
    }

    private String missing(Part part, JsonNode item, String place) {
        var parts = Stream.concat(item.path("summary").valueStream(), item.path("content").valueStream());
        var said = switch (part) {
            case REASONING -> texts(parts, "text", "summary_text", "reasoning_text").collect(Collectors.joining(PARAGRAPH));
            case TEXT -> texts(parts, "text", "output_text").collect(Collectors.joining());
            case REFUSAL -> texts(parts, "refusal", "refusal").collect(Collectors.joining());
            case CALL -> "";
        };
        return !said.isEmpty() && begun.add(part + place) ? said : "";
    }

    private static Stream<String> texts(Stream<JsonNode> parts, String field, String... types) {
        return parts.filter(part -> List.of(types).contains(part.path("type").asText(""))).map(part -> part.path(field).asText(""));
    }

    /// @param said how it ended, where its status does not say so
    private Chunk ended(JsonNode response, String said) {
        var output = begun.isEmpty() ? output(response) : NOTHING;
        var usage = Optional.of(response.path("usage")).filter(JsonNode::isObject).<Usage>map(ChunkReader::usage);
        var reason = switch (response.path("status").asText(said)) {
            case "completed", "done" -> called ? FinishReason.TOOL_CALLS : FinishReason.STOP;
            case "incomplete" -> FinishReason.of(response.at("/incomplete_details/reason").asText("")).orElse(FinishReason.LENGTH);
            default -> FinishReason.FAILURE;
        };
        boolean failed = reason == FinishReason.FAILURE || response.path("error").isObject();
        return new Chunk(output.piece(), Chunk.NOTHING, output.calls(), Optional.of(reason).filter(_ -> !failed), usage,
                Optional.of(response).filter(_ -> failed).map(ErrorBody::in));
    }

    private Chunk output(JsonNode response) {
        var items = response.path("output");
        var all = Stream.iterate(0, i -> i < items.size(), i -> i + 1).map(i -> item(items.path(i), Integer.toString(i))).toList();
        return new Chunk(all.stream().map(Chunk::piece).reduce(Chunk.NOTHING, Chunk.Text::and), Chunk.NOTHING,
                all.stream().flatMap(each -> each.calls().stream()).toList(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Chunk complaint(ErrorBody why) {
        return new Chunk(Chunk.NOTHING, Chunk.NOTHING, List.of(), Optional.empty(), Optional.empty(), Optional.of(why));
    }

    private static Chunk chunk(String reasoning, String text, String refusal) {
        return new Chunk(new Chunk.Text(reasoning, text, refusal), Chunk.NOTHING, List.of(), Optional.empty(), Optional.empty(),
                Optional.empty());
    }
}
