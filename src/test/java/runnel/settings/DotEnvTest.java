package runnel.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DotEnvTest {
    @TempDir
    Path folder;

    private Map<String, String> read(String text, Charset charset) {
        try {
            return DotEnv.read(Files.write(folder.resolve(".env"), text.getBytes(charset)));
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private Map<String, String> read(String text) {
        return read(text, StandardCharsets.UTF_8);
    }

    private String refusal(String text) {
        return assertThrows(StartupFailure.class, () -> read(text)).getMessage();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "A=You are a C# expert | You are a C# expert",
        "A=C# # a language | C#",
        "A=#1 | #1",
        "A= # nothing |``",
        "A=|``",
        "A=''|``",
        "A = spaced out   | spaced out",
        "export A=x | x",
        "export  A=\"x # y\" # z | x # y",
        "A='x \" $HOME \\n' | x \" $HOME \\n",
        "A=\"x \\\"y\\\" 'z' \\d\" | x \"y\" 'z' \\d",
        "A=it's | it's",
        "A=a=b==| a=b==",
        "A=http://h/v1?api-version=1&b#c | http://h/v1?api-version=1&b#c",
        "A=$HOME | $HOME",
        "A=1 2| 1 2",
        "A|``"})
    void a_value_is_what_a_shell_would_take(String line, String value) {
        assertEquals(value, read(line).get("A"));
    }

    @Test
    void what_stands_in_double_quotes_may_have_line_breaks_written_as_such() {
        assertEquals("one\ntwo\\n", read("A=\"one\\ntwo\\\\n\"").get("A"));
    }

    @Test
    void windows_line_ends_comments_and_empty_lines_are_nothing_and_the_last_line_of_a_name_counts() {
        assertEquals(Map.of("A", "2", "B", "x"), read("# how we run it\r\n\r\nA=1\r\nB='x' \r\n  # A=3\r\nA=2"));
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_first_name() {
        assertEquals(Map.of("A", "ü😀"), read("\uFEFFA=ü😀"));
        assertEquals(Map.of("A", "ü😀"), read("\uFEFFA=ü😀", StandardCharsets.UTF_16LE));
        assertEquals(Map.of("A", "ü😀"), read("A=ü😀", StandardCharsets.UTF_16));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A=1\nKEY=\"hush\nmore\"", "A=1\nKEY='hush", "A=1\nKEY=\"hush\" more", "A=1\nhush hush", "A=1\n=hush", "A=1\n1KEY=hush",
        "A=1\nKEY: hush"})
    void a_line_that_is_wrong_is_named_by_its_number_and_not_repeated(String text) {
        String refusal = refusal(text);
        assertTrue(refusal.contains("Line 2 of the file .env"), refusal);
        assertFalse(refusal.contains("hush"), refusal);
    }

    @Test
    void a_value_over_several_lines_is_refused_with_what_to_write_instead() {
        assertTrue(refusal("A=\"x\ny\"").contains("In double quotes, \\n is a line break"));
    }

    @Test
    void what_is_not_utf_8_is_refused() {
        assertTrue(assertThrows(StartupFailure.class, () -> read("A=ü", StandardCharsets.ISO_8859_1)).getMessage().contains("save it as UTF-8"));
        assertTrue(assertThrows(StartupFailure.class, () -> DotEnv.read(folder)).getMessage().contains("is no file"));
    }

    @Test
    void a_long_value_is_read() {
        String text = "\\\"a".repeat(200_000);
        assertEquals(text.replace("\\", ""), read("A=\"" + text + "\"").get("A"));
    }
}
