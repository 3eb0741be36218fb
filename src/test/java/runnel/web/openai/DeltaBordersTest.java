package runnel.web.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeltaBordersTest {
    private static final List<String> SCRAPS = List.of("a", "word", " ", "  ", "\n", "\r\n", "\t", "é", "e\u0301", "漢", "字", "葛\uDB40\uDD00", "か\u3099", "。",
            "😀", "👩\u200D👩\u200D👧", "👍🏽", "🇩🇪", "🇫🇷", "ภาษาไทย", "หนึ่ง", "हिन्दी", "한국어", "x".repeat(70), "\u0301".repeat(40), "https://example.org/a", "\u00A0", "\u3000");

    private static List<String> cut(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return cut(bytes, ends(text, Integer.MAX_VALUE, new Random(1)));
    }

    /// Cuts a text that comes in pieces, each as soon as it is there.
    private static List<String> cut(byte[] bytes, List<Integer> pieces) {
        var deltas = new ArrayList<String>();
        int from = 0;
        for (int end : pieces) {
            boolean whole = end == bytes.length;
            for (int next = DeltaBorders.next(bytes, from, end, whole); next >= 0; next = from < end ? DeltaBorders.next(bytes, from, end, whole) : -1) {
                deltas.add(new String(bytes, from, next - from, StandardCharsets.UTF_8));
                from = next;
            }
        }
        return deltas;
    }

    /// Where the pieces of a text end: of whole characters, as a log has them.
    private static List<Integer> ends(String text, int most, Random random) {
        var ends = new ArrayList<Integer>();
        int bytes = 0;
        int left = random.nextInt(most) + 1;
        for (int character : text.codePoints().toArray()) {
            bytes += Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
            if (--left == 0) {
                ends.add(bytes);
                left = random.nextInt(most) + 1;
            }
        }
        ends.add(bytes);
        return ends;
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(40) + 1; i > 0; i--) {
            text.append(SCRAPS.get(random.nextInt(SCRAPS.size())));
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', ignoreLeadingAndTrailingWhitespace = false, value = {
        "Hello world, again;Hello |world, |again",
        "one  two;one  |two",
        "漢字です。a;漢|字|で|す|。|a",
        "か\u3099き;か\u3099|き",
        "葛\uDB40\uDD00飾;葛\uDB40\uDD00|飾",
        "a😀b c;a😀b |c",
        "한국 어;한국 |어",
        "x\u00A0y z;x\u00A0y |z"})
    void a_delta_ends_behind_white_space_and_behind_each_chinese_or_japanese_character(String text, String deltas) {
        assertEquals(deltas, String.join("|", cut(text)));
    }

    @Test
    void what_has_no_white_space_is_cut_after_64_bytes_but_not_within_a_character_or_its_marks() {
        assertEquals(List.of("x".repeat(64), "x".repeat(6)), cut("x".repeat(70)));
        assertEquals(List.of("x".repeat(62), "😀y"), cut("x".repeat(62) + "😀y"));
        assertEquals(List.of("x".repeat(60), "👩\u200D👩\u200D👧y"), cut("x".repeat(60) + "👩\u200D👩\u200D👧y"));
        assertEquals(List.of("a" + "\u0301".repeat(31), "\u0301".repeat(9)), cut("a" + "\u0301".repeat(40)));
    }

    @Test
    void the_borders_do_not_depend_on_the_pieces_in_which_the_text_came() {
        var random = new Random(14);
        for (int i = 0; i < 3_000; i++) {
            var text = text(random);
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            var whole = cut(text);
            assertEquals(text, String.join("", whole));
            for (int most : List.of(1, 3, 9, 50)) {
                assertEquals(whole, cut(bytes, ends(text, most, random)), text);
            }
        }
    }

    @Test
    void whoever_begins_at_a_border_finds_the_same_ones_behind_it() {
        var random = new Random(15);
        for (int i = 0; i < 500; i++) {
            var whole = cut(text(random));
            int at = random.nextInt(whole.size());
            assertEquals(whole.subList(at, whole.size()), cut(String.join("", whole.subList(at, whole.size()))));
        }
    }

    @Test
    void what_has_piled_up_can_be_had_joined_up_to_one_of_the_borders() {
        var random = new Random(16);
        for (int i = 0; i < 1_000; i++) {
            var text = text(random);
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            var borders = new ArrayList<Integer>();
            cut(text).forEach(delta -> borders.add((borders.isEmpty() ? 0 : borders.getLast()) + delta.getBytes(StandardCharsets.UTF_8).length));
            int most = random.nextInt(300) + 1;
            int last = DeltaBorders.last(bytes, 0, bytes.length, true, most);
            assertTrue(borders.contains(last), text);
            assertTrue(last <= most || last == borders.getFirst(), text);
            assertTrue(last == bytes.length || borders.get(borders.indexOf(last) + 1) > most, text);
        }
    }
}
