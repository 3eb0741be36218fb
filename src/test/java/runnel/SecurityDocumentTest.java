package runnel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SecurityDocumentTest {
    private static final Pattern NAMED = Pattern.compile("`([a-z]+\\.[A-Za-z]+Test)#(\\w+)`");

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

    private static boolean exists(String type, String method) {
        try {
            for (Class<?> at = Class.forName(type); at != null; at = at.getSuperclass()) {
                if (Arrays.stream(at.getDeclaredMethods()).anyMatch(each -> each.getName().equals(method))) {
                    return true;
                }
            }
        } catch (ClassNotFoundException unknown) {
            return false;
        }
        return false;
    }
}
