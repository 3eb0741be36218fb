package runnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Every promise of `docs/reliability.md` names tests, and each of them exists.
class ReliabilityTest {
    private static final Path DOCS = Path.of("docs");
    private static final Pattern ROW = Pattern.compile("^\\| (\\d+) \\| (.+?) \\| (.+) \\|$", Pattern.MULTILINE);
    /// A link to a file of tests, or the name of one in the file that was linked last.
    private static final Pattern TEST = Pattern.compile("\\]\\((?<file>[^)]+)\\)|\\*(?<name>[^*]+)\\*");

    private static final Pattern METHOD = Pattern.compile("void (\\w+)\\(");

    private record Promise(int number, String tests) {}

    private static List<Promise> promises() throws IOException {
        return ROW.matcher(Files.readString(DOCS.resolve("reliability.md"))).results()
                .map(row -> new Promise(Integer.parseInt(row.group(1)), row.group(3))).toList();
    }

    @Test
    void every_promise_is_shown_by_tests_that_exist() throws IOException {
        var missing = new ArrayList<String>();
        for (var promise : promises()) {
            int named = 0;
            Path file = null;
            for (var test = TEST.matcher(promise.tests()); test.find(); ) {
                if (test.group("file") != null) {
                    file = DOCS.resolve(test.group("file")).normalize();
                } else if (file == null || !has(file, test.group("name"))) {
                    missing.add(promise.number() + ": " + test.group("name") + " in " + file);
                } else {
                    named++;
                }
            }
            assertTrue(named > 0 || !missing.isEmpty(), "promise " + promise.number() + " names a test");
        }
        assertEquals(List.of(), missing);
    }

    /// The name of a method is its sentence, however its words are joined.
    private static boolean has(Path file, String name) throws IOException {
        var text = Files.exists(file) ? Files.readString(file) : "";
        return file.toString().endsWith(".java")
                ? METHOD.matcher(text).results().anyMatch(method -> method.group(1).replace("_", "").equalsIgnoreCase(name.replace(" ", "")))
                : text.contains("test('" + name + "'");
    }

    @Test
    void the_promises_are_numbered_without_a_gap() throws IOException {
        var numbers = promises().stream().map(Promise::number).toList();
        assertTrue(numbers.size() > 30);
        assertEquals(IntStream.rangeClosed(1, numbers.size()).boxed().toList(), numbers);
    }
}
