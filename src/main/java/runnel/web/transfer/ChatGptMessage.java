package runnel.web.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import runnel.chat.Refused;
import runnel.upload.Fence;
import runnel.web.http.Json;

/// A message of ChatGPT's export. Many are not what was said but traffic between the model and its tools.
record ChatGptMessage(JsonNode message) {
    /// A citation or another widget, between private-use characters; and its older form.
    private static final Pattern WIDGET = Pattern.compile(
            "\\s?(?:\uE200([a-z_]*+)([^\uE200\uE201]*+)\uE201|\u3010[^\u3010\u3011]{0,80}\u2020[^\u3010\u3011]{0,200}\u3011)");
    private static final Pattern PRIVATE_USE = Pattern.compile("[\uE200-\uE2FF]");
    private static final String PICTURE = "image_asset_pointer";

    /// `user` or `assistant`, or anything else where it is not part of the conversation. What a tool shows is the model's.
    String role() {
        var role = message.path("author").path("role").asText();
        return role.equals("tool") ? "assistant" : role;
    }

    ImportedText text() {
        var content = message.path("content");
        if (message.path("metadata").path("is_visually_hidden_from_conversation").asBoolean()) {
            return new ImportedText("", "");
        }
        return message.path("author").path("role").asText().equals("tool") ? shownByTool(content)
                : said(content).withFiles(message.path("metadata").path("attachments"));
    }

    private static ImportedText shownByTool(JsonNode content) {
        return new ImportedText(switch (content.path("content_type").asText()) {
            case "execution_output" -> Fence.of("", ImportedText.text(content.path("text")));
            case "multimodal_text" -> pictures(content.path("parts"));
            default -> "";
        }, "");
    }

    private ImportedText said(JsonNode content) {
        if (content.isTextual()) {
            return new ImportedText(plain(ImportedText.text(content)), "");
        }
        return switch (content.path("content_type").asText()) {
            case "thoughts" -> new ImportedText("", thoughts(content.path("thoughts")));
            case "code" -> new ImportedText(code(content), "");
            case "text", "multimodal_text", "" -> {
                var parts = content.has("parts") ? parts(content.path("parts")) : ImportedText.text(content.path("text"));
                yield new ImportedText(isForAll() ? plain(parts) : canvas(parts), "");
            }
            default -> new ImportedText("", "");
        };
    }

    private boolean isForAll() {
        var recipient = message.path("recipient").asText("all");
        return recipient.equals("all") || recipient.isEmpty() || recipient.equals("null");
    }

    private String code(JsonNode content) {
        var text = ImportedText.text(content.path("text"));
        boolean run = isForAll() || message.path("recipient").asText().equals("python");
        return run ? Fence.of(content.path("language").asText("").replace("unknown", ""), text) : canvas(text);
    }

    /// A document that the model wrote beside the conversation; empty for traffic with any other tool.
    private String canvas(String text) {
        if (!message.path("recipient").asText().equals("canmore.create_textdoc")) {
            return "";
        }
        var document = json(text);
        var type = document.path("type").asText();
        var body = ImportedText.text(document.path("content"));
        return ImportedText.text(document.path("name")) + "\n\n"
                + (type.startsWith("code/") ? Fence.of(type.substring("code/".length()), body) : body);
    }

    private static JsonNode json(String text) {
        try {
            return Json.read(text);
        } catch (Refused cut) {
            return MissingNode.getInstance();
        }
    }

    private static String thoughts(JsonNode thoughts) {
        return ImportedText.joined(thoughts.valueStream().map(thought -> ImportedText.text(thought.path("content"))).toList());
    }

    private static String parts(JsonNode parts) {
        return ImportedText.joined(parts.valueStream().map(part -> part.path("content_type").asText().equals(PICTURE)
                ? ImportedText.PICTURE : ImportedText.text(part.isTextual() ? part : part.path("text"))).toList());
    }

    private static String pictures(JsonNode parts) {
        return ImportedText.joined(parts.valueStream().map(part -> part.path("content_type").asText()).filter(PICTURE::equals)
                .map(_ -> ImportedText.PICTURE).toList());
    }

    /// Without citations; a named thing is told by its name.
    private static String plain(String text) {
        var spoken = WIDGET.matcher(text).replaceAll(widget -> "entity".equals(widget.group(1)) ? " " + name(widget.group(2)) : "");
        return PRIVATE_USE.matcher(spoken).replaceAll("").strip();
    }

    /// The second string of the array in JSON that begins somewhere in this text, or nothing.
    private static String name(String text) {
        return Matcher.quoteReplacement(json(text.substring(Math.max(0, text.indexOf('[')))).path(1).asText());
    }
}
