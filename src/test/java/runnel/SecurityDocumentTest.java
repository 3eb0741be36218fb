package runnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SecurityDocumentTest {
    private static final Pattern NAMED = Pattern.compile("`((?:[a-z]+\\.)+[A-Za-z]+Test)#(\\w+)`");

    @Test
    void each_test_that_the_document_names_is_there() throws IOException {
        var missing = new ArrayList<String>();
        int named = 0;
        var matcher = NAMED.matcher(Files.readString(Path.of("docs/SECURITY.md")));
        while (matcher.find()) {
            named++;
            if (!exists("runnel." + matcher.group(1), matcher.group(2))) {
                missing.add(matcher.group());
            }
        }
        assertTrue(missing.isEmpty() && named >= 8, () -> "not there: " + missing);
    }

    @Test
    void each_known_hole_of_the_field_is_in_it_with_the_test_that_shows_it_closed() throws IOException {
        var text = Files.readString(Path.of("docs/SECURITY.md"));
        var rows = text.substring(text.indexOf("## Known holes"), text.indexOf("## To search further")).lines()
                .filter(line -> line.startsWith("| ")).skip(2).toList();
        assertEquals(List.of(), rows.stream().filter(row -> !NAMED.matcher(row).find()).toList(), "without a test");
        for (var hole : List.of("CVE-2026-31950", "CVE-2026-45675", "CVE-2024-37895", "CVE-2026-44553", "CVE-2025-32711", "CVE-2024-28224", "line breaks", "previews")) {
            assertTrue(rows.stream().anyMatch(row -> row.contains(hole)), hole);
        }
    }

    private static boolean exists(String type, String method) {
        try {
            for (Class<?> at = Class.forName(type); at != null; at = at.getSuperclass()) {
                if (Arrays.stream(at.getDeclaredMethods()).anyMatch(each -> each.getName().equals(method) && isTest(each))) {
                    return true;
                }
            }
        } catch (ClassNotFoundException unknown) {
            return false;
        }
        return false;
    }

    /// A `@Test`, or what JUnit makes tests of in another way: a `@TestFactory`, a `@ParameterizedTest`, a rule of an `@ArchTest`.
    private static boolean isTest(Method method) {
        return Arrays.stream(method.getAnnotations()).anyMatch(each -> each.annotationType().getSimpleName().contains("Test"));
    }
}
