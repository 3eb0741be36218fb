package runnel.web.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import runnel.chat.FunctionCall;
import runnel.chat.Run;
import runnel.chat.Snapshot;
import runnel.upload.Fence;
import runnel.web.http.CleanText;

/// What a message of an export says, put together from whatever it is in pieces there.
///
/// @param reasoning what the model thought; empty where nothing
/// @param runs      both in their order, where the export has it
record ImportedText(String content, String reasoning, List<Run> runs) {
    static final String PICTURE = "[Picture]";
    private static final double SECONDS_BELOW = 1e11;
    private static final Pattern IMAGE_NAME = Pattern.compile("(?i).*\\.(png|jpe?g|webp|gif|heic)");
    private static final Pattern DETAILS = Pattern.compile("<details\\s[^<>]{0,500}?\\btype=\"([a-z_]*+)\"");
    /// As the model wrote them, and as LibreChat did at first.
    private static final Pattern THOUGHTS = Pattern.compile("(?s)\\s*(?:<think(?:ing)?>(.*?)</think(?:ing)?>"
            + "|:::thinking\\s(.*?)\n:::)\\s*");
    private static final Pattern LINE_OF_QUOTE = Pattern.compile("(?m)^> ?");

    ImportedText(String content, String reasoning) {
        this(content, reasoning, List.of());
    }

    /// A message of this server's own export. Its runs are as good as they fit to what it says.
    static ImportedText of(JsonNode message) {
        var content = text(message.path("content"));
        var reasoning = text(message.path("reasoning"));
        var runs = message.path("runs").valueStream().map(ImportedText::run).toList();
        boolean fits = content.equals(Snapshot.of(runs, 0, Optional.empty()).contentText());
        return new ImportedText(content, reasoning, fits ? runs : List.of());
    }

    private static Run run(JsonNode run) {
        var content = text(run.path("content"));
        return switch (run.path("kind").asText()) {
            case "reasoning" -> Run.of(Run.Kind.REASONING, content);
            case "refusal" -> Run.of(Run.Kind.REFUSAL, content);
            case "function_call" -> Run.of(Run.Kind.FUNCTION_CALL,
                    FunctionCall.head(text(run.path("id")), text(run.path("name"))) + content);
            default -> Run.of(Run.Kind.TEXT, content);
        };
    }

    /// The whole, and before it what was thought in messages above.
    Snapshot behind(String thoughts) {
        return runs.isEmpty() ? Snapshot.of(joined(List.of(thoughts, reasoning)), content, 1, Optional.empty())
                : Snapshot.of(runs, 1, Optional.empty());
    }

    /// The same, with thoughts that stand as text at its beginning told apart.
    ImportedText thoughtsApart() {
        var thoughts = THOUGHTS.matcher(content);
        return !runs.isEmpty() || !thoughts.lookingAt() ? this : new ImportedText(content.substring(thoughts.end()),
                joined(Stream.of(reasoning, thoughts.group(1), thoughts.group(2)).filter(Objects::nonNull).map(String::strip).toList()));
    }

    /// What stands in parts, or else in the text.
    ImportedText or(JsonNode text) {
        return content.isBlank() ? new ImportedText(text(text), reasoning) : this;
    }

    /// The parts of LibreChat and Claude: strings, or objects that say of what type they are.
    static ImportedText ofParts(JsonNode parts) {
        var content = new ArrayList<String>();
        var reasoning = new ArrayList<String>();
        for (var part : parts) {
            switch (part.path("type").asText()) {
                case "think", "thinking", "reasoning" -> reasoning.add(value(part.path("think"), part.path("thinking"), part.path("text")));
                case "image_file", "image_url", "image" -> content.add(PICTURE);
                case "tool_use" -> content.add(document(part.path("input")));
                case "tool_call", "tool_result" -> {} // traffic with a tool
                default -> content.add(part.isTextual() ? text(part) : value(part.path("text")));
            }
        }
        return new ImportedText(joined(content), joined(reasoning));
    }

    /// What Claude writes beside its answer; nothing where it is other traffic with a tool.
    private static String document(JsonNode input) {
        var content = text(input.path("content"));
        if (content.isBlank() || !input.has("title")) {
            return "";
        }
        var title = text(input.path("title"));
        return text(input.path("type")).equals("text/markdown") ? joined(List.of(title, content)) : Fence.around(title, content);
    }

    /// The same behind the files that were there: what was pasted, and a mark of each other one.
    ImportedText withFiles(JsonNode... lists) {
        var marks = Stream.of(lists).flatMap(JsonNode::valueStream).map(ImportedText::mark).distinct()
                .filter(mark -> !content.contains(mark)).toList();
        return marks.isEmpty() ? this : new ImportedText(joined(List.of(joined(marks), content)), reasoning, runs);
    }

    private static String mark(JsonNode file) {
        var name = Stream.of("file_name", "filename", "name").map(field -> text(file.path(field)))
                .filter(said -> !said.isBlank()).findFirst().orElse("");
        var pasted = text(file.path("extracted_content"));
        if (!pasted.isBlank()) {
            return Fence.around(name.isEmpty() ? "Pasted text" : name, pasted);
        }
        boolean picture = text(file.path("type")).startsWith("image") || IMAGE_NAME.matcher(name).matches();
        return picture ? PICTURE : name.isEmpty() ? "" : "[File: " + name + "]";
    }

    /// The first that is a text, or holds one as its `value`.
    private static String value(JsonNode... nodes) {
        for (var node : nodes) {
            var text = node.isTextual() ? text(node) : text(node.path("value"));
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    /// Open WebUI writes reasoning and traffic with tools into the text, as HTML.
    static ImportedText ofDetails(String text) {
        var content = new StringBuilder();
        var reasoning = new ArrayList<String>();
        int done = 0;
        var details = DETAILS.matcher(text);
        while (details.find(done)) {
            int open = details.start();
            int head = text.indexOf('>', details.end());
            int close = text.indexOf("</details>", details.end());
            if (head < 0 || close < head) {
                break;
            }
            if (details.group(1).equals("reasoning")) {
                reasoning.add(thought(text.substring(head + 1, close)));
            }
            content.append(text, done, open);
            done = close + "</details>".length();
        }
        return new ImportedText(content.append(text.substring(done)).toString().strip(), joined(reasoning));
    }

    private static String thought(String html) {
        int summary = html.indexOf("</summary>");
        var quoted = summary < 0 ? html : html.substring(summary + "</summary>".length());
        var plain = quoted.strip().replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'")
                .replace("&amp;", "&");
        return LINE_OF_QUOTE.matcher(plain).replaceAll("");
    }

    static String joined(List<String> texts) {
        return String.join("\n\n", texts.stream().filter(text -> !text.isBlank()).toList());
    }

    /// A string without what cannot be stored; empty where there is none.
    static String text(JsonNode node) {
        return node.isTextual() ? CleanText.clean(node.textValue()) : "";
    }

    static Optional<String> some(JsonNode node) {
        return Optional.of(text(node)).filter(text -> !text.isBlank());
    }

    /// Epoch milliseconds, whether the export counts seconds or milliseconds or writes ISO 8601; now where it says nothing, or what is
    /// still to come.
    static long time(JsonNode node) {
        return Math.clamp(written(node), 0, System.currentTimeMillis());
    }

    private static long written(JsonNode node) {
        if (node.isNumber()) {
            double number = node.doubleValue();
            return (long) (number < SECONDS_BELOW ? number * 1_000 : number);
        }
        try {
            return Instant.parse(text(node)).toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException notWritten) { // the latter for the year 1,000,000,000
            return Long.MAX_VALUE;
        }
    }
}
