package runnel.upstream.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/// What the demo model has to say.
final class DemoTexts {
    private static final Pattern ECHO = Pattern.compile("(?is).*?\\becho\\b[:\\s]*(.*)");
    private static final Pattern COUNT = Pattern.compile("\\b[0-9]{1,5}\\b");
    private static final int WORDS = 800;

    private DemoTexts() {}

    static String answer(DemoPrompt prompt) {
        var echo = ECHO.matcher(prompt.text());
        if (echo.matches() && !echo.group(1).isBlank()) {
            return echo.group(1);
        }
        if (prompt.says("help")) {
            return text("help");
        }
        if (prompt.says("markdown")) {
            return text("markdown");
        }
        return prompt.says("long") ? lengthy(prompt.text()) : text("hello");
    }

    /// The tokens of a text: its words, each with the white space behind it.
    static List<String> tokens(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("(?<=\\s)(?=\\S)"));
    }

    static String text(String name) {
        try (var resource = DemoTexts.class.getResourceAsStream("/demo/" + name + ".md")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As many words as the prompt asks for, chapter by chapter.
    private static String lengthy(String prompt) {
        int wanted = COUNT.matcher(prompt).results().mapToInt(found -> Integer.parseInt(found.group())).max().orElse(WORDS);
        List<String> words = tokens(text("long"));
        var text = new StringBuilder();
        for (int said = 0, chapter = 1; said < wanted; chapter++) {
            int more = Math.min(words.size(), wanted - said);
            String body = String.join("", words.subList(0, more));
            text.append("## Chapter ").append(chapter).append("\n\n").append(body).append("\n\n");
            said += more;
        }
        return text.toString().strip();
    }
}
