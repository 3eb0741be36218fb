package runnel.settings;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file `.env`, read as a shell reads assignments: `#` begins a comment at the beginning of a line or behind a space, and values
/// may stand in quotes. What is in quotes ends on its line; in double ones `\n` is a line break. No `$NAME` is replaced.
///
/// Libraries for this cut values at every `#`, or know no `export`.
final class DotEnv {
    private static final Pattern LINE = Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\\s*(?:=(.*))?");
    private static final Pattern COMMENT = Pattern.compile("\\s#.*");
    private static final Pattern ESCAPE = Pattern.compile("\\\\([\"\\\\$n])");

    private DotEnv() {}

    /// @throws StartupFailure naming the line that is wrong, without its text, which may hold a key
    static Map<String, String> read(Path file) {
        Map<String, String> values = new HashMap<>();
        List<String> lines = TextFile.read(file).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            var parts = LINE.matcher(line);
            if (parts.matches()) {
                // A name alone is one that Docker would take from the environment, which is looked at anyhow.
                String given = Optional.ofNullable(parts.group(2)).orElse("");
                values.put(parts.group(1), value(given).orElseThrow(wrong(i + 1,
                        "a value in quotes must end on the same line, with nothing "
                        + "behind it but a # comment. In double quotes, \\n is a line break")));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                throw wrong(i + 1, "it must be NAME=value, a # comment or empty").get();
            }
        }
        return values;
    }

    private static Supplier<StartupFailure> wrong(int line, String rule) {
        return () -> StartupFailure.wrong(List.of("Line " + line + " of the file .env cannot be read: " + rule + "."));
    }

    /// What is meant by what stands behind `=`; empty where a quote does not end, or something stands behind it.
    static Optional<String> value(String given) {
        String value = given.strip();
        if (value.startsWith("'") || value.startsWith("\"")) {
            int end = closing(value);
            String rest = end < 0 ? "x" : value.substring(end + 1).strip();
            if (!rest.isEmpty() && !rest.startsWith("#")) {
                return Optional.empty();
            }
            String text = value.substring(1, end);
            return Optional.of(value.charAt(0) != '"' ? text : ESCAPE.matcher(text).replaceAll(escape ->
                    escape.group(1).equals("n") ? "\n" : Matcher.quoteReplacement(escape.group(1))));
        }
        return Optional.of(COMMENT.matcher(given).replaceFirst("").strip());
    }

    private static int closing(String value) {
        char quote = value.charAt(0);
        for (int at = 1; at < value.length(); at++) {
            if (value.charAt(at) == quote) {
                return at;
            }
            if (value.charAt(at) == '\\' && quote == '"') {
                at++;
            }
        }
        return -1;
    }
}
