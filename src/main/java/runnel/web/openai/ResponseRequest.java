package runnel.web.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import runnel.chat.Asked;
import runnel.chat.Sampling;
import runnel.web.http.CleanText;
import runnel.web.http.Fields;
import runnel.web.http.Json;

/// The body of `POST /v1/responses`. What this server does not do is refused by name, never ignored.
///
/// @param input    the items, one at least
/// @param previous the response that it follows
/// @param chat     the conversation that it is put at the end of
/// @param kept     what the response shows of it later, and the model is asked with
record ResponseRequest(ArrayNode input, Optional<String> model, Optional<String> previous, Optional<String> chat, Mode mode,
        ObjectNode kept) {
    /// How it runs.
    record Mode(boolean stream, boolean background, boolean store) {}

    static final int MAX_NAME = 200;
    static final int MAX_BYTES = 12 * InputItems.MAX_CHARACTERS + 1_000_000;
    private static final int MAX_INSTRUCTIONS = 100_000;
    private static final int MAX_PAIRS = 16;
    private static final int MAX_KEY = 64;
    private static final int MAX_VALUE = 512;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    private static final Set<String> OWN = Set.of("input", "model", "previous_response_id", "conversation", "stream", "store");
    private static final Set<String> KEPT = Set.of("background", "instructions", "temperature", "top_p", "presence_penalty",
            "frequency_penalty", "max_output_tokens", "metadata", "reasoning", "text", "tools", "tool_choice", "parallel_tool_calls",
            "user", "safety_identifier", "prompt_cache_key", "service_tier");
    private static final Set<String> TOOL = Set.of("type", "name", "description", "parameters", "strict");
    private static final Set<String> CHOICES = Set.of("none", "auto", "required");
    private static final Set<String> FORMAT = Set.of("type", "name", "description", "schema", "strict");
    private static final Set<String> FORMATS = Set.of("text", "json_object", "json_schema");

    /// Finds the item that has an id.
    interface KnownItems {
        /// @param previous the response that the request follows
        /// @param chat     the conversation that it is put at the end of
        ObjectNode find(String id, Optional<String> previous, Optional<String> chat);
    }

    /// @throws runnel.chat.Refused where anything in it is wrong, or not supported
    static ResponseRequest read(ObjectNode body, Predicate<String> offered, KnownItems known) {
        var fields = new Fields(body);
        body.forEachEntry((name, value) -> known(fields, name, value));
        var model = fields.text("model", MAX_NAME);
        model.filter(offered.negate()).ifPresent(_ -> {
            throw OpenAiModels.unknown();
        });
        var mode = new Mode(fields.flag("stream").orElse(false), fields.flag("background").orElse(false),
                fields.flag("store").orElse(true));
        if (mode.background && !mode.store) {
            fields.wrong("background", "needs store");
        }
        var previous = fields.text("previous_response_id", MAX_NAME);
        var chat = conversation(fields);
        if (previous.isPresent() && chat.isPresent()) {
            fields.wrong("previous_response_id", "and conversation exclude each other");
        } else if (chat.isPresent() && !mode.store) {
            fields.wrong("conversation", "needs store");
        }
        var input = InputItems.read(fields, id -> known.find(id, previous, chat));
        options(fields);
        fields.check();
        var kept = Json.object();
        KEPT.stream().filter(body::hasNonNull).sorted().forEach(name -> kept.set(name, body.get(name)));
        return new ResponseRequest(input, model, previous, chat, mode, (ObjectNode) Json.read(CleanText.clean(Json.write(kept))));
    }

    private static void known(Fields fields, String name, JsonNode value) {
        boolean usual = switch (name) {
            case "truncation" -> value.asText().equals("auto");
            case "top_logprobs" -> value.isInt() && value.intValue() == 0;
            case "include" -> value.isArray() && value.isEmpty();
            case "stream_options" -> value.equals(Json.object()) || value.equals(Json.object().put("include_obfuscation", false));
            default -> OWN.contains(name) || KEPT.contains(name);
        };
        if (!usual && !value.isNull()) {
            fields.wrong(name, "is not supported by this server, or not with this value");
        }
    }

    private static Optional<String> conversation(Fields fields) {
        if (!fields.node("conversation").isObject()) {
            return fields.text("conversation", MAX_NAME);
        }
        var conversation = fields.within("conversation");
        conversation.only(Set.of("id"));
        return Optional.of(conversation.required("id", MAX_NAME));
    }

    private static void options(Fields fields) {
        fields.free("instructions", MAX_INSTRUCTIONS);
        fields.number("temperature", 0, 2);
        fields.number("top_p", 0, 1);
        fields.number("presence_penalty", -2, 2);
        fields.number("frequency_penalty", -2, 2);
        fields.whole("max_output_tokens", 1, Integer.MAX_VALUE);
        fields.flag("parallel_tool_calls");
        List.of("user", "safety_identifier", "prompt_cache_key", "service_tier").forEach(name -> fields.text(name, MAX_NAME));
        metadata(fields, fields.node("metadata"));
        var reasoning = fields.within("reasoning");
        reasoning.only(Set.of("effort"));
        reasoning.text("effort", MAX_NAME);
        var text = fields.within("text");
        text.only(Set.of("format", "verbosity"));
        text.text("verbosity", MAX_NAME);
        if (text.has("format")) {
            format(text.within("format"));
        }
        fields.each("tools").forEach(ResponseRequest::tool);
        choice(fields, fields.node("tool_choice"), fields.node("tools"));
    }

    private static void metadata(Fields fields, JsonNode metadata) {
        if (fields.has("metadata") && !metadata.isObject() || metadata.size() > MAX_PAIRS) {
            fields.wrong("metadata", "must be an object of at most %d strings".formatted(MAX_PAIRS));
        }
        metadata.forEachEntry((key, value) -> {
            if (key.length() > MAX_KEY || !value.isTextual() || value.textValue().length() > MAX_VALUE) {
                fields.wrong("metadata", "must have keys of at most %d and strings of at most %d characters".formatted(MAX_KEY, MAX_VALUE));
            }
        });
    }

    private static void format(Fields format) {
        format.only(FORMAT);
        var type = format.required("type", MAX_NAME);
        if (!FORMATS.contains(type)) {
            format.wrong("type", "must be text, json_object or json_schema");
        } else if (type.equals("json_schema")) {
            named(format);
            if (!format.node("schema").isObject()) {
                format.wrong("schema", "must be an object");
            }
        }
    }

    private static void tool(Fields tool) {
        if (!tool.node("type").asText().equals("function")) {
            tool.wrong("type", "must be function: this server supports no other tools");
        } else {
            tool.only(TOOL);
            named(tool);
            tool.within("parameters");
        }
    }

    /// What a function and the schema of an answer have besides.
    private static void named(Fields object) {
        if (!NAME.matcher(object.node("name").asText()).matches() || !object.node("name").isTextual()) {
            object.wrong("name", "must be up to 64 letters, digits, underscores and hyphens");
        }
        object.flag("strict");
        object.free("description", MAX_INSTRUCTIONS);
    }

    private static void choice(Fields fields, JsonNode choice, JsonNode tools) {
        boolean function = choice.path("type").asText().equals("function") && choice.path("name").isTextual() && choice.size() == 2;
        if (fields.has("tool_choice") && !function && !(choice.isTextual() && CHOICES.contains(choice.textValue()))) {
            fields.wrong("tool_choice", "must be none, auto, required or a function's type and name");
        } else if (function && tools.valueStream().noneMatch(tool -> tool.path("name").equals(choice.get("name")))) {
            fields.wrong("tool_choice", "names a function that is not in tools");
        } else if (choice.asText().equals("required") && tools.isEmpty()) {
            fields.wrong("tool_choice", "needs tools");
        }
    }

    String instructions() {
        return CleanText.clean(kept.path("instructions").asText(""));
    }

    Sampling sampling() {
        var fields = new Fields(kept);
        return new Sampling(fields.number("temperature", 0, 2), fields.whole("max_output_tokens", 1, Integer.MAX_VALUE),
                Optional.empty(), Optional.of(new Asked(instructions(), Json.write(kept),
                        InputItems.isPlain(input) ? Optional.empty() : Optional.of(Json.write(input)))));
    }
}
