package runnel.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.chat.Run;

/// Thoughts in the content.
class ThinkTagsTest {
    private record Heard(String reasoning, String content) {}

    private static Heard heard(String text, int atOnce, boolean thinksFirst) {
        var pieces = new Pieces();
        var tags = new ThinkTags(pieces, thinksFirst);
        for (int i = 0; i < text.length(); i += atOnce) {
            tags.append(Run.Kind.TEXT, text.substring(i, Math.min(text.length(), i + atOnce)));
        }
        tags.finish(true);
        return new Heard(pieces.reasoning(), pieces.content());
    }

    private static void assertHeard(String reasoning, String content, String text) {
        for (int atOnce : new int[] {1, 2, 3, 7, 10_000}) {
            assertEquals(new Heard(reasoning, content), heard(text, atOnce, false), "in pieces of " + atOnce);
        }
    }

    @ParameterizedTest
    @CsvSource({"<think>,</think>", "<thinking>,</thinking>", "<thought>,</thought>", "<reasoning>,</reasoning>", "<THINK>,</Think>", "<think >,</think >",
            "'<think type=\"deep\" budget=9>',</think>", "[THINK],[/THINK]", "◁think▷,◁/think▷", "<seed:think>,</seed:think>",
            "<|channel|>analysis<|message|>,<|end|><|start|>assistant<|channel|>final<|message|>", "<|channel>thought,<channel|>", "<|START_THINKING|>,<|END_THINKING|>",
            "<|begin_of_thought|>,<|end_of_thought|><|begin_of_solution|>", "<|inner_prefix|>,<|inner_suffix|>"})
    void thoughts_are_reasoning_and_what_follows_is_the_answer(String open, String close) {
        assertHeard("a < b\n", "So: **c**.", "\n " + open + "a < b\n" + close + "\n\nSo: **c**.");
    }

    @Test
    void a_model_may_think_again_at_once_and_may_think_nothing() {
        assertHeard("ab", "c", "<think>a</think>\n<think>b</think>\n\nc");
        assertHeard("", "c", "<think>\n\n</think>\n\nc".replace("\n\n</", "</"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hello", "", " x", "a < b", "<b>bold</b>", "<thinker>", "< think>", "Write `<think>` first.", "```\n<think>\nx\n</think>\n```\n", "<p>\n<think>x</think>", "Use [THINK]", "1 <", "<th",
            "Models write <think>\nx\n</think>\n before", "The tag \"</think>\"\nends it", "`</think>`\n", "~~~\nx</think>\n~~~\n", "trailing  \n"})
    void text_that_only_speaks_of_tags_or_of_none_stays_as_it_is(String text) {
        assertHeard("", text, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<think>a</think>b<think>c</think>d", "<think>a</think>\n\nb\n<think>c</think>\n\nd", "<think>a</think>b. <think>c</think> d",
        "<think>a</think>**b**\n\n  <think>c</think>d", "[THINK]a[/THINK]b[THINK]c[/THINK]d", "◁think▷a◁/think▷b\n◁think▷c◁/think▷d", "<think>a</think>b\n<think>c</think>\n<think></think>d"})
    void a_model_that_thinks_again_between_two_texts_is_heard_in_its_order(String text) {
        for (int atOnce : new int[] {1, 2, 3, 7, 10_000}) {
            var pieces = new Pieces();
            var tags = new ThinkTags(pieces, false);
            for (int i = 0; i < text.length(); i += atOnce) {
                tags.append(Run.Kind.TEXT, text.substring(i, Math.min(text.length(), i + atOnce)));
            }
            tags.finish(true);
            assertEquals(List.of("reasoning: a", "text: b", "reasoning: c", "text: d"),
                    pieces.runs().stream().map(run -> run.replace("*", "").strip().replace("b.", "b")).toList(), "in pieces of " + atOnce);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Models write <think> and </think> around them.", "Write `<think>` first.", "Write `x <think>` first.", "```\n<think>\nx\n</think>\n```\n",
        "It is called \"<think>\".", "the tag (<think>)", "a < b", "1 <", "x[0] = [T", "~~~\n<think>\n~~~\nb", "use the <think>"})
    void a_model_that_has_thought_may_speak_of_its_tags(String text) {
        assertHeard("a", text, "<think>a</think>" + text);
    }

    @Test
    void what_a_server_takes_apart_itself_comes_in_its_order() {
        var pieces = new Pieces();
        var tags = new ThinkTags(pieces, false);
        for (int i = 0; i < 2; i++) {
            tags.append(Run.Kind.REASONING, "a");
            tags.append(Run.Kind.TEXT, "b <");
        }
        tags.append(Run.Kind.REFUSAL, "no");
        tags.finish(true);
        assertEquals(List.of("reasoning: a", "text: b <", "reasoning: a", "text: b <", "refusal: no"), pieces.runs());
    }

    @Test
    void a_closing_tag_that_a_server_leaves_before_the_answer_is_no_part_of_it() {
        assertHeard("", "So", "\n</think>\n\nSo");
        var pieces = new Pieces();
        var tags = new ThinkTags(pieces, false);
        tags.append(Run.Kind.REASONING, "a");
        tags.append(Run.Kind.TEXT, "</think>\n\nSo");
        tags.finish(true);
        assertEquals(List.of("reasoning: a", "text: So"), pieces.runs());
        assertFalse(tags.thinksFirst());
    }

    @ParameterizedTest
    @ValueSource(strings = {"</think> is a closing tag", "</think>", "</think>, or x</think>.", "The closing tag:\n</think>is used.", "OK.</think>Hello"})
    void a_closing_tag_that_is_not_alone_on_its_line_is_text_and_teaches_nothing(String text) {
        assertHeard("", text, text);
        var tags = new ThinkTags(new Pieces(), false);
        tags.append(Run.Kind.TEXT, text);
        tags.finish(true);
        assertFalse(tags.thinksFirst());
    }

    @Test
    void thoughts_behind_a_tag_that_came_first_are_not_said_too_and_unlearn_nothing() {
        for (var tag : List.of("</think>", "</think>\n\n", "<|start_response|>")) {
            var pieces = new Pieces();
            var tags = new ThinkTags(pieces, true);
            tags.append(Run.Kind.TEXT, tag + "Answer. ");
            tags.append(Run.Kind.TEXT, "\n<think>more");
            tags.finish(true);
            assertEquals(List.of("text: Answer. \n", "reasoning: more"), pieces.runs());
            assertTrue(tags.thinksFirst());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rhm |rok|t<think>\nhm |tok\n</think>\n\nSo", "rhm |t<think>hm |rok|tok|t</think>So", "rhm ok|t<think>hm ok</think>So", "t<think>hm ok</think>So|rhm ok", "rhm |rok|t<think>hm ok"})
    void thoughts_that_a_server_sends_in_a_field_and_in_tags_are_shown_once(String script) {
        var pieces = new Pieces();
        var tags = new ThinkTags(pieces, false);
        for (var piece : script.split("\\|")) {
            tags.append(piece.startsWith("r") ? Run.Kind.REASONING : Run.Kind.TEXT, piece.substring(1));
        }
        tags.finish(true);
        assertEquals(new Heard("hm ok", script.contains("So") ? "So" : ""), new Heard(pieces.reasoning(), pieces.content()));
    }

    @Test
    void other_thoughts_in_tags_than_in_the_field_are_shown_too_and_so_are_the_same_once_more_behind_text() {
        var pieces = new Pieces();
        var tags = new ThinkTags(pieces, false);
        for (var text : List.of("<think>detail</think>So. ", "\n<think>plan</think>Yes")) {
            tags.append(Run.Kind.REASONING, "plan");
            tags.append(Run.Kind.TEXT, text);
        }
        tags.finish(true);
        assertEquals(List.of("reasoning: plandetail", "text: So. ", "reasoning: plan", "text: \nYes"), pieces.runs());
    }

    @ParameterizedTest
    @ValueSource(strings = {"So.<|im_end|>", "So.<|eot_id|>\n", "So.<|END_RESPONSE|><|END_OF_TURN_TOKEN|>", "So.<｜end▁of▁sentence｜>", "<think>a</think>So.<|return|>", "<|begin_of_thought|>a<|end_of_thought|>\n<|begin_of_solution|>So.<|end_of_solution|>"})
    void a_mark_of_the_end_that_was_meant_for_the_server_is_no_part_of_the_answer(String text) {
        for (int atOnce : new int[] {1, 2, 7, 10_000}) {
            assertEquals("So.", heard(text, atOnce, false).content());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"It ends with `<|im_end|>`", "It ends with <|im_end|>", "<|im_end|> is it", "a<|b|>c", "```\n<|im_end|>\n```", "a <| b", "x<|"})
    void what_is_said_of_such_marks_stays(String text) {
        assertHeard("", text, text);
    }

    @Test
    void thoughts_that_nothing_closes_are_thoughts() {
        assertHeard("and then </thi", "", "<think>and then </thi");
    }

    @Test
    void a_model_whose_template_opens_the_tag_shows_itself_once_and_is_known_from_then_on() {
        String text = "Let me see.\n</think>\n\nHello";
        var pieces = new Pieces();
        var first = new ThinkTags(pieces, false);
        first.append(Run.Kind.TEXT, text);
        first.finish(true);
        assertTrue(first.thinksFirst());
        assertEquals("Let me see.\n\n\n***\n\nHello", pieces.content());

        assertEquals(new Heard("Let me see.\n", "Hello"), heard(text, 3, true));
        assertEquals(new Heard("a", "b"), heard("<think>a</think>b", 3, true));
    }

    @Test
    void what_was_taken_for_thoughts_and_is_none_is_said_in_the_end() {
        var pieces = new Pieces();
        var tags = new ThinkTags(pieces, true);
        tags.append(Run.Kind.TEXT, "Hello ");
        tags.append(Run.Kind.TEXT, "there");
        tags.finish(true);
        assertEquals("Hello there", pieces.content());
        assertFalse(tags.thinksFirst());
    }

    @Test
    void thoughts_that_were_cut_off_before_they_were_closed_are_thoughts_and_the_model_stays_known() {
        var pieces = new Pieces();
        var tags = new ThinkTags(pieces, true);
        tags.append(Run.Kind.TEXT, "Let me see");
        tags.finish(false);
        assertEquals(List.of("reasoning: Let me see"), pieces.runs());
        assertTrue(tags.thinksFirst());
    }

    @ParameterizedTest
    @ValueSource(strings = {"<think>a</think><answer>So.</answer>", "<think>a</think>\n<answer>\nSo.</answer>\n", "<think>a</think> <ANSWER>So.</answer><|im_end|>",
        "<think>a</think>\n\n<answer>So."})
    void tags_around_an_answer_behind_thoughts_are_no_part_of_it(String text) {
        assertHeard("a", "So.", text);
    }

    @Test
    void such_tags_elsewhere_are_text() {
        for (var text : List.of("<answer>So.</answer>", "<answers>", "It is so.</answer>")) {
            assertHeard("", text, text);
        }
        assertHeard("a", "So. <answer>x</answer>", "<think>a</think>So. <answer>x</answer>");
        assertHeard("a", "x</answer> or not", "<think>a</think><answer>x</answer> or not");
        assertHeard("a", "<answer", "<think>a</think><answer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deepseek-ai/DeepSeek-R1", "deepseek-r1:7b", "DeepSeek-R1-Distill-Qwen-32B", "Qwen/QwQ-32B", "qwen3-235b-a22b-thinking-2507", "unsloth/Qwen3-30B-A3B-Thinking-2507-GGUF"})
    void models_whose_templates_are_known_to_open_the_tag_need_no_first_answer(String model) {
        assertTrue(new Dialects().of(model).thinksFirst());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "qwen3:8b", "claude-opus-4-thinking", "deepseek-reasoner", "kimi-k2-thinking", "my-deepseek-chat", "Qwen3-30B-A3B-Instruct-2507"})
    void others_are_taken_to_answer(String model) {
        assertFalse(new Dialects().of(model).thinksFirst());
    }

    @Test
    void a_message_is_sent_back_without_its_thoughts() {
        assertEquals("b", ThinkTag.without("<think>a</think>\n\nb"));
        assertEquals("see <think>a</think>", ThinkTag.without("see <think>a</think>"));
        assertEquals("<think>a", ThinkTag.without("<think>a"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {"a|<think>a</think>", "a < b|\" <think>a < b</think>\"", "ab|<think>a</think><think>b</think>", "a|a</think>", "a</thin|a</thin", "a|[THINK]a[/THINK]", "so <think> is|so <think> is"})
    void tags_that_a_server_left_in_the_field_of_its_thoughts_are_taken_out(String thoughts, String field) {
        for (int atOnce : new int[] {1, 2, 3, 7, 100}) {
            var pieces = new Pieces();
            var tags = new ThinkTags(pieces, false);
            for (int i = 0; i < field.length(); i += atOnce) {
                tags.append(Run.Kind.REASONING, field.substring(i, Math.min(field.length(), i + atOnce)));
                tags.append(Run.Kind.TEXT, "");
            }
            tags.append(Run.Kind.TEXT, "So.");
            tags.finish(true);
            assertEquals(new Heard(thoughts, "So."), new Heard(pieces.reasoning(), pieces.content()), "in pieces of " + atOnce);
        }
    }
}
