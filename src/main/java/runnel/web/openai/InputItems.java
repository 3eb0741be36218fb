package runnel.web.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import runnel.chat.Attachment;
import runnel.store.Database;
import runnel.store.chat.Messages;
import runnel.web.http.CleanText;
import runnel.web.http.Fields;
import runnel.web.http.Json;

/// The `input` of a response as items of one form: messages of text, function calls and their outputs. What the model thought before
/// is taken, since clients send back all that they got, but models are not asked to read it again.
final class InputItems {
    static final int MAX_CHARACTERS = 1_000_000;
    private static final Set<String> ROLES = Set.of("user", "assistant", "system", "developer");
    private static final Set<String> TEXTS = Set.of("input_text", "output_text", "text", "refusal");
    /// What is taken of each kind, since clients send back all that they got; some SDKs add what they have parsed.
    private static final Map<String, Set<String>> ITEM = Map.of("message", Set.of("type", "role", "content", "id", "status", "phase"),
            "function_call", Set.of("type", "id", "call_id", "name", "arguments", "status", "parsed_arguments"),
            "function_call_output", Set.of("type", "id", "call_id", "output", "status"), "item_reference", Set.of("type", "id"));
    private static final Set<String> TEXT = Set.of("type", "text", "refusal", "annotations", "logprobs", "parsed");

    private final ArrayNode items = Json.object().putArray("items");
    private final Fields fields;
    private final Function<String, ObjectNode> known;
    private int characters;
    /// Of the message that is being read.
    private ArrayNode files = Json.object().putArray("files");
    private boolean takesFiles;

    private InputItems(Fields fields, Function<String, ObjectNode> known) {
        this.fields = fields;
        this.known = known;
    }

    /// @param fields those of the request, whose `input` is read
    /// @param known  the item that a reference stands for, by its id
    static ArrayNode read(Fields fields, Function<String, ObjectNode> known) {
        var reader = new InputItems(fields, known);
        var input = fields.node("input");
        if (input.isTextual()) {
            reader.message("user", reader.text(fields, "input"));
        } else if (input.isArray()) {
            fields.each("input").forEach(reader::item);
        } else {
            fields.wrong("input", "must be a string or an array of items");
        }
        if (reader.items.valueStream().allMatch(InputItems::saysNothing)) {
            fields.wrong("input", "must not be empty");
        }
        return reader.items;
    }

    private static boolean saysNothing(JsonNode item) {
        return item.path("content").size() == 1 && item.path("content").get(0).path("text").asText().isBlank();
    }

    private void item(Fields item) {
        var type = item.has("type") ? item.node("type").asText() : item.has("role") ? "message" : item.has("id") ? "item_reference" : "";
        Optional.ofNullable(ITEM.get(type)).ifPresent(item::only);
        switch (type) {
            case "message" -> message(item);
            case "function_call" -> items.addObject().put("type", type).put("call_id", name(item, "call_id"))
                    .put("name", name(item, "name")).put("arguments", text(item, "arguments"));
            case "function_call_output" -> items.addObject().put("type", type).put("call_id", name(item, "call_id"))
                    .put("output", texts(item, "output"));
            case "item_reference" -> Optional.of(name(item, "id")).filter(id -> !id.isEmpty()).ifPresent(this::known);
            case "reasoning" -> {}
            default -> item.wrong("type", "is no kind of item that this server supports");
        }
    }

    /// Keeps the id of what it stands for, by which a later reference to the same is known.
    private void known(String id) {
        int before = items.size();
        item(new Fields(known.apply(id)));
        items.valueStream().skip(before).forEach(item -> ((ObjectNode) item).put("id", id));
    }

    private void message(Fields item) {
        var role = item.node("role").asText();
        if (!ROLES.contains(role)) {
            item.wrong("role", "must be user, assistant, system or developer");
        }
        files = Json.object().putArray("files");
        takesFiles = role.equals("user");
        message(role, texts(item, "content"));
        takesFiles = false;
    }

    private void message(String role, String text) {
        var message = items.addObject().put("type", "message").put("role", role).put("status", "completed");
        var part = message.putArray("content").addObject();
        if (role.equals("assistant")) {
            part.put("type", "output_text").put("text", text).putArray("annotations");
        } else {
            part.put("type", "input_text").put("text", text);
            message.withArray("content").addAll(files);
        }
    }

    /// A string, or the parts of one.
    private String texts(Fields item, String field) {
        if (!item.node(field).isArray()) {
            return text(item, field);
        }
        var joined = new StringBuilder();
        for (var part : item.each(field)) {
            var type = part.node("type").asText();
            if (takesFiles && InputFiles.isOne(type)) {
                files.add(InputFiles.read(part, type));
                continue;
            }
            if (!TEXTS.contains(type)) {
                part.wrong("type", "is no kind of content that this server supports; it takes text");
            }
            part.only(TEXT);
            joined.append(text(part, type.equals("refusal") ? "refusal" : "text"));
        }
        return joined.toString();
    }

    private String text(Fields item, String field) {
        var text = item.node(field);
        if (!text.isTextual()) {
            item.wrong(field, text.isMissingNode() ? "is missing" : "must be a string");
            return "";
        }
        characters += text.textValue().length();
        if (characters > MAX_CHARACTERS) {
            fields.wrong("input", "must have at most %,d characters".formatted(MAX_CHARACTERS));
        }
        return CleanText.clean(text.textValue());
    }

    private String name(Fields item, String field) {
        var text = text(item, field);
        if (text.isEmpty() || text.length() > ResponseRequest.MAX_NAME) {
            item.wrong(field, "must have 1 to %d characters".formatted(ResponseRequest.MAX_NAME));
            return "";
        }
        return text;
    }

    /// Whether it is one message of the user, as a person sends it.
    static boolean isPlain(ArrayNode items) {
        return items.size() == 1 && items.get(0).path("role").asText().equals("user") && items.findValue("detail") == null;
    }

    /// What a person reads as the prompt: what the user says behind the last answer, or else what the functions said.
    static String prompt(ArrayNode items) {
        int first = items.size();
        while (first > 0 && !items.get(first - 1).path("role").asText().equals("assistant")
                && !items.get(first - 1).path("type").asText().equals("function_call")) {
            first--;
        }
        var said = joined(items, first, "user");
        var heard = said.isBlank() ? joined(items, first, "") : said;
        return heard.isBlank() && items.findValue("file_id") != null ? "(a file)" : heard;
    }

    private static String joined(ArrayNode items, int first, String role) {
        return StreamSupport.stream(items.spliterator(), false).skip(first).filter(item -> item.path("role").asText().equals(role))
                .map(item -> item.path("content").path(0).path("text").asText(item.path("output").asText()))
                .collect(Collectors.joining("\n\n"));
    }

    /// The items with ids of their own, as they are listed.
    static ArrayNode listed(ArrayNode items, String prompt) {
        for (int i = 0; i < items.size(); i++) {
            ((ObjectNode) items.get(i)).putIfAbsent("id", TextNode.valueOf(ResponseId.MESSAGE.of(prompt, i)));
        }
        return items;
    }

    /// What the items that a prompt was sent as have under a name, where it was sent as some.
    static Stream<String> sent(Database database, String message, String name) {
        return Messages.input(database, message).stream().map(Json::read).flatMap(items -> items.findValuesAsText(name).stream());
    }

    /// Of a prompt that was typed.
    ///
    /// @param attachments the files beside it
    static ArrayNode ofText(String prompt, List<Attachment> attachments) {
        var reader = new InputItems(new Fields(Json.object()), _ -> Json.object());
        attachments.forEach(file -> reader.files.addObject().put("type", file.isImage() ? "input_image" : "input_file")
                .put("file_id", file.id()));
        reader.message("user", prompt);
        return reader.items;
    }
}
