package runnel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FoldedSearchTest {
    private static final String LETTERS = "aAbBkKsS zßſKİıÄäéΣςσ😀ﬁ";

    private static boolean contains(String text, String words) {
        return FoldedSearch.contains(text.getBytes(StandardCharsets.UTF_8), FoldedSearch.folded(words).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void words_are_found_in_any_case_wherever_they_stand() {
        assertTrue(contains("The End", "the end"));
        assertTrue(contains("at the END", "End"));
        assertTrue(contains("Straße", "STRASSE"));
        assertTrue(contains("10 K", "k"), "the sign of the kelvin");
        assertTrue(contains("", ""));
        assertFalse(contains("The En", "the end"));
    }

    @Test
    void bytes_are_compared_as_folded_texts_are() {
        var random = new Random(7);
        for (int i = 0; i < 50_000; i++) {
            String text = letters(random, 12);
            String words = letters(random, 2);
            assertEquals(FoldedSearch.folded(text).contains(FoldedSearch.folded(words)), contains(text, words), text + " / " + words);
        }
    }

    private static String letters(Random random, int most) {
        return random.ints(random.nextInt(most + 1), 0, LETTERS.codePointCount(0, LETTERS.length()))
                .map(at -> LETTERS.codePointAt(LETTERS.offsetByCodePoints(0, at)))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }
}
