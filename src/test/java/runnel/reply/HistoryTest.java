package runnel.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import runnel.chat.Role;
import runnel.chat.Turn;

class HistoryTest {
    /// Ten tokens: six of text, four of the message.
    private static final String TEN = "x".repeat(18);
    private static final Optional<Long> NONE = Optional.empty();

    private static List<Turn> chat(int turns) {
        var path = new ArrayList<Turn>();
        for (int i = 0; i < turns; i++) {
            path.add(new Turn(i % 2 == 0 ? Role.USER : Role.ASSISTANT, TEN));
        }
        return path;
    }

    private static History of(int turns, long context, Optional<Long> cap) {
        return History.of("be a test", chat(turns), Optional.of(context), cap);
    }

    @Test
    void the_system_message_is_first_and_then_the_chat_as_it_was() {
        var history = History.of("be a test", chat(5), NONE, NONE);
        assertEquals(new Turn(Role.SYSTEM, "be a test"), history.turns().getFirst());
        assertEquals(chat(5), history.turns().subList(1, 6));
        assertEquals(0, history.omitted());
    }

    @Test
    void a_blank_system_message_and_empty_replies_are_not_told_and_the_prompts_beside_them_are_one() {
        var path = List.of(new Turn(Role.USER, "a"), new Turn(Role.ASSISTANT, " \n"), new Turn(Role.USER, "b"));
        assertEquals(List.of(new Turn(Role.USER, "a\n\nb")), History.of(" ", path, NONE, NONE).turns());
    }

    @Test
    void a_prompt_that_was_only_sent_again_is_told_once() {
        var path = List.of(new Turn(Role.USER, "a"), new Turn(Role.ASSISTANT, ""), new Turn(Role.USER, "a"));
        assertEquals(List.of(new Turn(Role.USER, "a")), History.of("", path, NONE, NONE).turns());
    }

    @RepeatedTest(20)
    void no_two_neighbours_have_one_role_whatever_failed_or_was_imported(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var path = new ArrayList<Turn>();
        for (int i = 0; i < 12; i++) {
            path.add(new Turn(random.nextBoolean() ? Role.USER : Role.ASSISTANT, random.nextInt(3) == 0 ? "" : "t" + i));
        }
        path.add(new Turn(Role.USER, "prompt"));
        var turns = History.of("s", path, random.nextBoolean() ? Optional.of(60L) : NONE, NONE).turns();

        for (int i = 1; i < turns.size(); i++) {
            assertTrue(turns.get(i).role() != turns.get(i - 1).role(), turns.toString());
        }
        assertTrue(turns.getLast().content().endsWith("prompt"));
    }

    @Test
    void the_oldest_turns_are_left_out_where_the_chat_does_not_fit() {
        // 7 for the system message; a quarter of 76 is kept for the reply, so five turns fit into 57
        assertEquals(0, of(5, 76, NONE).omitted());
        assertEquals(2, of(7, 76, NONE).omitted());
    }

    @Test
    void what_is_left_begins_with_a_prompt() {
        assertEquals(Role.USER, of(7, 66, NONE).turns().get(1).role());
        assertEquals(4, of(7, 66, NONE).omitted());
    }

    @Test
    void a_smaller_cap_on_the_reply_leaves_more_room_and_a_larger_one_does_not_take_any() {
        assertEquals(0, of(7, 80, Optional.of(3L)).omitted());
        assertEquals(of(7, 80, NONE).omitted(), of(7, 80, Optional.of(1_000_000L)).omitted());
    }

    @Test
    void the_newest_prompt_always_stays() {
        var history = of(7, 1, NONE);
        assertEquals(List.of(new Turn(Role.SYSTEM, "be a test"), new Turn(Role.USER, TEN)), history.turns());
        assertEquals(6, history.omitted());
    }

    @Test
    void what_a_reply_says_so_far_stays_with_its_prompt_where_it_is_to_go_on() {
        var path = List.of(new Turn(Role.USER, TEN), new Turn(Role.ASSISTANT, TEN), new Turn(Role.USER, "prompt"), new Turn(Role.ASSISTANT, "so far"));
        var history = History.of("", path, Optional.of(1L), NONE);
        assertEquals(path.subList(2, 4), history.turns());
        assertEquals(2, history.omitted());
    }

    @RepeatedTest(50)
    void what_is_kept_is_the_end_of_the_chat_and_fits(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var path = new ArrayList<Turn>();
        for (int i = 0; i < 1 + 2 * random.nextInt(20); i++) {
            path.add(new Turn(i % 2 == 0 ? Role.USER : Role.ASSISTANT, "é".repeat(1 + random.nextInt(100))));
        }
        if (path.getLast().role() != Role.USER) {
            path.removeLast();
        }
        long context = random.nextInt(1_000);
        var history = History.of("s", path, Optional.of(context), NONE);
        var kept = history.turns().subList(1, history.turns().size());

        assertEquals(path.subList(history.omitted(), path.size()), kept);
        assertEquals(Role.USER, kept.getFirst().role());
        assertTrue(kept.size() == 1 || History.tokens("s", kept) <= context - context / 4);
    }
}
