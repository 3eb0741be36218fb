package runnel.upstream.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import runnel.chat.Usage;

/// What is looked for in the bytes of a relayed answer is found wherever they are cut.
class RelayedBytesTest {
    private final Random random = new Random(7);

    private List<byte[]> cut(String text) {
        var bytes = text.getBytes(UTF_8);
        var pieces = new ArrayList<byte[]>();
        for (int at = 0; at < bytes.length;) {
            int end = Math.min(bytes.length, at + 1 + random.nextInt(random.nextBoolean() ? 3 : 40));
            pieces.add(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        return pieces;
    }

    private String passed(SecretFilter filter, String text) {
        var out = new ByteArrayOutputStream();
        cut(text).forEach(piece -> out.writeBytes(filter.pass(piece)));
        out.writeBytes(filter.rest());
        return out.toString(UTF_8);
    }

    @Test
    void no_secret_passes_and_all_else_does() {
        var secrets = List.of("sk-aab-aab-aac", "aa", "org-é1");
        for (int i = 0; i < 3_000; i++) {
            var text = new StringBuilder();
            for (int j = random.nextInt(12); j >= 0; j--) {
                text.append(List.of("sk-aab-aab-aac", "sk-aab-", "a", "aab", "é😀", "org-", "é1", "\n\n", "x").get(random.nextInt(9)));
            }
            var expected = text.toString();
            assertEquals(expected.replace("sk-secret", "***"), passed(new SecretFilter(List.of("sk-secret")), expected));
            assertEquals(expected.replace(secrets.getFirst(), "***"), passed(new SecretFilter(List.of(secrets.getFirst())), expected));
        }
    }

    @Test
    void a_secret_passes_by_no_escape_of_json_of_an_address_or_of_html() {
        var key = "kJ3/x9Q%+R7&t\\==";
        var literal = key.replace("\\", "\\\\");
        for (var written : List.of(key, literal, literal.replace("/", "\\/"), literal.replace("/", "\\\\\\/"), literal.replace("+", "\\u002B"), literal.replace("+", "\\\\u002b"), "\\u006b" + literal.substring(1), key.replace("%", "%25").replace("/", "%2F"), key.replace("&", "&#38;").replace("+", "&#x2B;"))) {
            for (int i = 0; i < 100; i++) {
                assertEquals("\\n\"***\\\" 5% &amp; \\u00", passed(new SecretFilter(List.of(key, "kJ3-other")), "\\n\"" + written + "\\\" 5% &amp; \\u00"), written);
            }
        }
        assertEquals("kJ3***", passed(new SecretFilter(List.of(key, "kJ4-other")), "kJ3kJ4-other"));
        assertEquals("kJ3/x9***/x", passed(new SecretFilter(List.of("kJ3/x9-long", "kJ4!")), "kJ3/x9kJ4!/x"));
    }

    private Optional<Usage> usage(String text) {
        var scanner = new UsageScanner();
        cut(text).forEach(scanner::pass);
        return scanner.usage();
    }

    @Test
    void the_last_usage_counts_and_none_that_is_text() {
        var events = "data: {\"choices\":[{\"delta\":{\"content\":\"say \\\"usage\\\":{\\\"prompt_tokens\\\":9}\"}}],\"usage\":null}\n\n";
        var whole = "{\"usage\" : {\"prompt_tokens\":7,\"completion_tokens\":3,\"total_tokens\":10,\"details\":{\"a\":{\"b\":[1]}}},\"choices\":[]}";
        for (int i = 0; i < 1_000; i++) {
            assertEquals(Optional.empty(), usage(events.repeat(3)));
            assertEquals(Optional.of(new Usage(7, 3, 10)), usage(events + "data: {\"usage\":{\"prompt_tokens\":1}}\n\ndata: " + whole + "\n\n" + events + "data: [DONE]\n\n"));
            assertEquals(Optional.of(new Usage(7, 3, 10)), usage(whole));
            assertEquals(Optional.empty(), usage(whole.substring(0, 40)));
        }
    }
}
