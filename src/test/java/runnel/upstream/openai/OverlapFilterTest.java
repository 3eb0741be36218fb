package runnel.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import runnel.chat.Run;

class OverlapFilterTest {
    private static final String BEGINNING = "Rivers begin small. They gather what the hills let go, and carry it to the sea, where it";
    private static final String SENTENCE = "They gather what the hills let go, and carry it to the sea, where it";

    @Test
    void what_goes_on_exactly_at_the_end_comes_through_unchanged() {
        assertEquals(" becomes salt.", rest(BEGINNING, " becomes salt."));
    }

    @Test
    void a_repeated_last_sentence_is_cut_in_whatever_pieces_it_comes() {
        for (int size = 1; size < 90; size++) {
            assertEquals(" becomes salt.", rest(BEGINNING, SENTENCE + " becomes salt.", size));
        }
    }

    @Test
    void an_answer_that_begins_anew_word_for_word_is_cut_down_to_what_is_new() {
        assertEquals(" becomes salt.", rest(BEGINNING, BEGINNING + " becomes salt.", 7));
    }

    @Test
    void an_answer_that_begins_anew_in_other_words_stays_whole() {
        String anew = "Rivers begin small. They gather what the mountains let go.";
        assertEquals(anew, rest(BEGINNING, anew, 5));
    }

    @Test
    void a_short_repetition_stays_since_it_may_be_meant() {
        assertEquals("where it ends", rest(BEGINNING, "where it ends"));
    }

    @Test
    void a_repetition_that_is_all_alike_stays_since_lines_of_dashes_are_meant() {
        String table = "| a | b |\n" + "| --- | --- | --- | --- | --- | --- | --- |\n";
        assertEquals("| --- | --- | --- | --- | --- | --- | --- |\n", rest(table, "| --- | --- | --- | --- | --- | --- | --- |\n", 3));
    }

    @Test
    void a_repetition_of_what_stands_there_twice_stays_since_a_chorus_is_meant() {
        String chorus = "And so we sing it all again, from morning into night.\n";
        assertEquals(chorus + "The end.", rest("One.\n" + chorus + "Two.\n" + chorus, chorus + "The end.", 4));
    }

    @Test
    void what_was_held_back_comes_when_the_answer_ends() {
        assertEquals("They gather", rest(BEGINNING, "They gather"));
        assertEquals("", rest(BEGINNING, SENTENCE));
    }

    @Test
    void emoji_that_come_in_halves_are_cut_whole() {
        String said = "She waved from the other side of the long bridge 👋🏽👋🏽";
        assertEquals("👋🏽 bye", rest(said, said + "👋🏽 bye", 1));
    }

    @Test
    void any_answer_in_any_pieces_loses_nothing_but_an_exact_repetition() {
        for (int seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            String said = words(random, 30);
            int back = random.nextInt(said.length());
            String answer = said.substring(back) + words(random, 5);
            String rest = rest(said, answer, 1 + random.nextInt(9));
            int cut = answer.length() - rest.length();
            assertTrue(answer.endsWith(rest), "seed " + seed);
            assertTrue(cut == 0 || cut >= OverlapFilter.MIN && said.endsWith(answer.substring(0, cut)), "seed " + seed);
        }
    }

    @Test
    void a_hostile_answer_costs_no_more_than_a_moment() {
        String said = "a".repeat(1 << 20);
        long began = System.nanoTime();
        assertEquals(100_000, rest(said, "a".repeat(100_000), 10).length());
        assertTrue(System.nanoTime() - began < 5_000_000_000L);
    }

    private static String words(Random random, int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(random.nextInt(3) == 0 ? "word" : "w" + random.nextInt(50)).append(' ');
        }
        return text.toString();
    }

    private static String rest(String beginning, String answer) {
        return rest(beginning, answer, answer.length());
    }

    private static String rest(String beginning, String answer, int size) {
        var pieces = new Pieces();
        var seam = new OverlapFilter(beginning, pieces);
        for (int at = 0; at < answer.length(); at += size) {
            seam.append(Run.Kind.TEXT, answer.substring(at, Math.min(answer.length(), at + size)));
        }
        seam.finish();
        return pieces.content();
    }
}
