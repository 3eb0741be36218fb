package runnel.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A text with lines `name: value` between two lines `---` before it: the part of YAML that people write there. Values may stand
/// in quotes, or be a block behind `|` or `>`. What else YAML has (lists, maps, anchors, tags) is refused, never misread.
///
/// @param values by their names
/// @param body   what follows
record FrontMatter(Map<String, String> values, String body) {
    private static final Pattern ENTRY = Pattern.compile("([A-Za-z][A-Za-z0-9_-]*):(?:[ \\t]+(.*))?");
    private static final String OTHER_YAML = "[]{}&*!@`%,?-'|>";
    private static final JsonMapper MAPPER = new JsonMapper();

    /// What is wrong, with the number of its line.
    static final class Wrong extends RuntimeException {
        Wrong(String why) {
            super(why, null, false, false);
        }

        Wrong(int line, String why) {
            super("line " + line + ": " + why, null, false, false);
        }
    }

    /// @throws Wrong where it is not like this
    static FrontMatter of(String text) {
        var lines = text.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().stripTrailing().equals("---")) {
            return new FrontMatter(Map.of(), joined(lines));
        }
        int end = 1;
        while (end < lines.size() && !lines.get(end).stripTrailing().equals("---")) {
            end++;
        }
        if (end == lines.size()) {
            throw new Wrong(1, "the line --- that ends what begins here is missing");
        }
        return new FrontMatter(values(lines.subList(0, end)), joined(lines.subList(end + 1, lines.size())));
    }

    private static String joined(List<String> lines) {
        return String.join("\n", lines).strip();
    }

    private static Map<String, String> values(List<String> lines) {
        var values = new LinkedHashMap<String, String>();
        for (int i = 1; i < lines.size();) {
            int first = i++;
            var line = lines.get(first);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            var entry = ENTRY.matcher(line);
            if (!entry.matches()) {
                throw new Wrong(first + 1, "it is no \"name: value\"");
            }
            var value = entry.group(2) == null ? "" : entry.group(2).strip();
            boolean block = value.matches("[|>][+-]?");
            while (block && i < lines.size() && (lines.get(i).isBlank() || lines.get(i).startsWith(" "))) {
                i++;
            }
            var text = block ? block(lines.subList(first + 1, i), value.startsWith(">")) : scalar(value, first + 1);
            if (values.put(entry.group(1), text) != null) {
                throw new Wrong(first + 1, entry.group(1) + " is there twice");
            }
        }
        return values;
    }

    private static String block(List<String> lines, boolean folded) {
        int indent = lines.stream().filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length()).min().orElse(0);
        var text = lines.stream().map(line -> line.isBlank() ? "" : line.substring(indent)).collect(Collectors.joining("\n")).strip();
        return folded ? text.replaceAll("(?<!\n)\n(?!\n)", " ").replaceAll("\n(\n+)", "$1") : text;
    }

    private static String scalar(String value, int line) {
        if (value.startsWith("\"")) {
            return quoted(value, line);
        }
        if (value.length() > 1 && value.startsWith("'") && value.endsWith("'")) {
            var inner = value.substring(1, value.length() - 1);
            if (!inner.replace("''", "").contains("'")) {
                return inner.replace("''", "'");
            }
        }
        int comment = value.indexOf(" #");
        var plain = value.startsWith("#") ? "" : (comment < 0 ? value : value.substring(0, comment)).stripTrailing();
        if (!plain.isEmpty() && OTHER_YAML.indexOf(plain.charAt(0)) >= 0 || plain.contains(": ")) {
            throw new Wrong(line, "put this value in quotes");
        }
        return plain.equals("null") || plain.equals("~") ? "" : plain;
    }

    private static String quoted(String value, int line) {
        try (var parser = MAPPER.createParser(value)) {
            var text = MAPPER.<JsonNode>readTree(parser).textValue();
            if (value.substring((int) parser.currentLocation().getCharOffset()).matches("\\s*(#.*)?")) {
                return text;
            }
        } catch (JsonProcessingException notClosed) {
            // answered below
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        throw new Wrong(line, "the quotes of this value do not close");
    }
}
