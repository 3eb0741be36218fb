package runnel.web.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import runnel.chat.End;
import runnel.chat.FunctionCall;
import runnel.chat.Problem;
import runnel.chat.Reply;
import runnel.chat.Run;
import runnel.chat.Slice;
import runnel.chat.Snapshot;
import runnel.chat.Usage;
import runnel.web.http.Json;

/// A reply as OpenAI's `response` object, and its runs as output items.
///
/// @param kept     what was asked for: see [ResponseRequest]
/// @param previous the reply that it follows
/// @param stored   whether it can be had again
/// @param ended    when it ended, once it has, in epoch milliseconds
record ResponseJson(Reply reply, ObjectNode kept, Optional<String> previous, boolean stored, Supplier<Optional<Long>> ended) {
    private static final String CUT_OFF = "The server ended before the response was whole. It can be continued on the page.";
    private static final int MILLIS_DIGITS = 12;
    private static final int HEX = 16;

    /// As it was when it began.
    ObjectNode begun() {
        return head("in_progress");
    }

    /// As it is now.
    ObjectNode now(Snapshot text) {
        return now(text, Slice::toString);
    }

    /// @param say what stands for a text, or for the arguments of a call
    ObjectNode now(Snapshot text, Function<Slice, String> say) {
        var json = head(status(text.end()));
        text.end().ifPresent(end -> ended(json, end));
        var output = json.withArray("output");
        for (int run = 0; run < text.runs().count(); run++) {
            output.add(item(text, run, say));
        }
        return json;
    }

    private ObjectNode head(String status) {
        var json = Json.object().put("id", ResponseId.RESPONSE.of(reply.id())).put("object", "response")
                .put("created_at", createdMillis() / 1000).put("status", status).put("model", reply.model()).put("store", stored)
                .put("previous_response_id", previous.map(ResponseId.RESPONSE::of).orElse(null))
                .putNull("completed_at").putNull("error").putNull("incomplete_details").putNull("usage");
        if (stored) {
            json.putObject("conversation").put("id", ResponseId.CONVERSATION.of(reply.chat()));
        }
        json.putArray("output");
        defaults(json).setAll(kept.deepCopy());
        return whole(json);
    }

    /// OpenAI tells parts that nobody has asked for as null.
    private static ObjectNode whole(ObjectNode json) {
        nulls(json.path("reasoning"), "effort", "summary");
        json.path("tools").forEach(tool -> nulls(tool, "description", "parameters", "strict"));
        if (json.path("text").path("format") instanceof ObjectNode format && format.has("schema")) {
            format.putIfAbsent("description", NullNode.instance);
            format.putIfAbsent("strict", BooleanNode.FALSE);
        }
        return json;
    }

    private static void nulls(JsonNode part, String... names) {
        if (part instanceof ObjectNode object) {
            Stream.of(names).forEach(name -> object.putIfAbsent(name, NullNode.instance));
        }
    }

    /// What OpenAI takes where nothing was asked for.
    private static ObjectNode defaults(ObjectNode json) {
        json.put("background", false).putNull("instructions").put("temperature", 1).put("top_p", 1).put("presence_penalty", 0)
                .put("frequency_penalty", 0).put("top_logprobs", 0).put("parallel_tool_calls", true).put("tool_choice", "auto")
                .put("truncation", "auto").put("service_tier", "default").putNull("reasoning").putNull("max_output_tokens")
                .putNull("max_tool_calls").putNull("user").putNull("safety_identifier").putNull("prompt_cache_key");
        json.putArray("tools");
        json.putObject("metadata");
        json.putObject("text").putObject("format").put("type", "text");
        return json;
    }

    /// The id begins with the time (RFC 9562, 5.7).
    private long createdMillis() {
        return Long.parseLong(reply.id().replace("-", "").substring(0, MILLIS_DIGITS), HEX);
    }

    private static String status(Optional<End> end) {
        return end.map(each -> switch (each.status()) {
            case STREAMING -> "in_progress";
            case COMPLETE -> incompleteReason(each).isPresent() ? "incomplete" : "completed";
            case STOPPED -> "cancelled";
            case INTERRUPTED, FAILED -> "failed";
        }).orElse("in_progress");
    }

    private static Optional<String> incompleteReason(End end) {
        return end.finishReason().flatMap(reason -> switch (reason) {
            case "length" -> Optional.of("max_output_tokens");
            case "content_filter" -> Optional.of("content_filter");
            default -> Optional.empty();
        });
    }

    /// The last event. No SDK knows one for a response that was cancelled, and some fail at words they do not know; the status says it.
    static String lastEvent(End end) {
        var status = status(Optional.of(end));
        return "response." + (status.equals("cancelled") ? "incomplete" : status);
    }

    private void ended(ObjectNode json, End end) {
        incompleteReason(end).ifPresent(reason -> json.putObject("incomplete_details").put("reason", reason));
        if (status(Optional.of(end)).equals("completed")) {
            ended.get().ifPresent(millis -> json.put("completed_at", millis / 1_000));
        }
        end.usage().ifPresent(usage -> json.set("usage", usage(usage)));
        if (status(Optional.of(end)).equals("failed")) {
            json.putObject("error").put("code", end.error().map(ResponseJson::code).orElse("server_error"))
                    .put("message", end.error().map(Problem::detail).orElse(CUT_OFF));
        }
    }

    private static String code(Problem problem) {
        return problem.status() == 429 ? "rate_limit_exceeded" : problem.status() < 500 ? "invalid_prompt" : "server_error";
    }

    private static JsonNode usage(Usage usage) {
        var json = Json.object().put("input_tokens", usage.promptTokens()).put("output_tokens", usage.completionTokens())
                .put("total_tokens", usage.totalTokens());
        json.putObject("input_tokens_details").put("cached_tokens", usage.cachedTokens()).put("cache_write_tokens", 0);
        json.putObject("output_tokens_details").put("reasoning_tokens", usage.reasoningTokens());
        return json;
    }

    String itemId(Snapshot text, int run) {
        return (switch (text.runs().kind(run)) {
            case REASONING -> ResponseId.REASONING;
            case TEXT, REFUSAL -> ResponseId.MESSAGE;
            case FUNCTION_CALL -> ResponseId.CALL;
        }).of(reply.id(), run);
    }

    /// A run as it begins.
    ObjectNode emptyItem(Snapshot text, int run) {
        var json = Json.object().put("id", itemId(text, run)).put("status", "in_progress");
        switch (text.runs().kind(run)) {
            case REASONING -> {
                json.put("type", "reasoning").putArray("summary");
                json.putArray("content");
            }
            case TEXT, REFUSAL -> json.put("type", "message").put("role", "assistant").putArray("content");
            case FUNCTION_CALL -> {
                var call = FunctionCall.of(text.run(run).text());
                json.put("type", "function_call").put("call_id", call.id()).put("name", call.name()).put("arguments", "");
            }
        }
        return json;
    }

    /// A run with all that it says.
    ObjectNode item(Snapshot text, int run, Function<Slice, String> say) {
        var json = emptyItem(text, run).put("status", itemStatus(text, run));
        var said = said(text, run);
        if (text.runs().kind(run) == Run.Kind.FUNCTION_CALL) {
            return json.put("arguments", say.apply(said));
        }
        json.withArray("content").add(part(text.runs().kind(run), say.apply(said)));
        return json;
    }

    /// The text of a run, or the arguments of a call.
    static Slice said(Snapshot text, int run) {
        var whole = text.run(run).text();
        int head = text.runs().kind(run) == Run.Kind.FUNCTION_CALL ? FunctionCall.headLength(whole) : 0;
        return new Slice(whole.bytes(), whole.from() + head, whole.to());
    }

    private static String itemStatus(Snapshot text, int run) {
        return run < text.runs().count() - 1 || status(text.end()).equals("completed") ? "completed"
                : text.end().isPresent() ? "incomplete" : "in_progress";
    }

    static ObjectNode part(Run.Kind kind, String text) {
        return switch (kind) {
            case REASONING -> Json.object().put("type", "reasoning_text").put("text", text);
            case REFUSAL -> Json.object().put("type", "refusal").put("refusal", text);
            case TEXT, FUNCTION_CALL -> {
                var json = Json.object().put("type", "output_text").put("text", text);
                json.putArray("annotations");
                json.putArray("logprobs");
                yield json;
            }
        };
    }
}
