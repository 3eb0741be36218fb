package runnel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `java.util.regex` matches a repeated group by recursion, so that a text from outside could overflow the stack.
class PatternsTest {
    private static final Pattern REPEATED_GROUP = Pattern.compile("\"[^\"]*(?<!\\\\)\\)(?:[*+]|\\{\\d*,\\})[^\"]*\"");

    @Test
    void no_pattern_repeats_a_group_without_a_bound() throws IOException {
        try (var files = Files.walk(Path.of("src/main/java"))) {
            var found = files.filter(file -> file.toString().endsWith(".java")).flatMap(file -> lines(file).stream()
                    .filter(line -> REPEATED_GROUP.matcher(line).find()).map(line -> file.getFileName() + ": " + line.strip())).toList();
            assertEquals(List.of(), found);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
