package runnel.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.chat.Role;
import runnel.chat.Turn;
import runnel.upstream.Question;

/// The one reason to ask again: a parameter that the server does not take.
class RefusedParameterTest extends UpstreamTest {
    private static final Question FULL = new Question("strict", List.of(new Turn(Role.USER, "Hello")),
            Optional.of(0.2), Optional.of(50L));

    @Test
    void the_cap_is_spelled_otherwise_where_the_model_wants_that() {
        server.next(Scenarios.refuseParameter("max_tokens", Scenarios.text(1)), Scenarios.text(1));
        assertEquals("word0 ", ask(FULL).content());

        assertFalse(server.questions().get(1).body().has("max_tokens"));
        assertEquals(50, server.questions().get(1).body().path("max_completion_tokens").asInt());
    }

    @Test
    void what_a_model_refuses_is_remembered_for_that_model_only() {
        server.next(Scenarios.refuseParameter("max_tokens", Scenarios.text(1)), Scenarios.text(1));
        ask(FULL);
        ask(FULL);
        ask(new Question("text:1", FULL.turns(), FULL.temperature(), FULL.maxTokens()));

        var questions = server.questions();
        assertEquals(4, questions.size());
        assertTrue(questions.get(2).body().has("max_completion_tokens"));
        assertTrue(questions.get(3).body().has("max_tokens"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"temperature", "stream_options"})
    void a_parameter_that_matters_less_than_the_answer_is_left_out(String name) {
        server.next(Scenarios.refuseParameter(name, Scenarios.text(1)), Scenarios.text(1));

        assertEquals("word0 ", ask(FULL).content());
        assertFalse(server.questions().get(1).body().has(name));
    }

    private static Question thinking(String effort) {
        return new Question("m", FULL.turns(), Optional.empty(), Optional.empty(), java.util.Optional.of(effort), java.util.Optional.empty());
    }

    @Test
    void how_much_to_think_is_told_to_models_that_know_it_and_left_out_for_others() {
        server.next(Scenarios.text(1), Scenarios.refuse(400, "Unrecognized request argument supplied: reasoning_effort"), Scenarios.text(1));
        ask(thinking("high"));
        assertEquals("word0 ", ask(thinking("high")).content());
        ask(thinking("low"));

        assertEquals("high", server.questions().get(0).body().path("reasoning_effort").asText());
        assertEquals(4, server.questions().size());
        assertFalse(server.questions().get(2).body().has("reasoning_effort") || server.questions().get(3).body().has("reasoning_effort"));
    }

    @Test
    void a_model_that_knows_other_efforts_is_not_asked_with_none() {
        server.next(Scenarios.refuse(400, "Unsupported value: 'reasoning_effort' does not support 'minimal' with this model. Supported values are: 'low', 'high'."),
                Scenarios.text(1));
        ask(thinking("minimal"));
        assertEquals(1, server.questions().size());
        ask(thinking("high"));
        assertEquals("high", server.questions().get(1).body().path("reasoning_effort").asText());
    }

    @Test
    void several_refused_parameters_are_learnt_one_after_the_other() {
        Scenario strict = Scenarios.refuseParameter("stream_options",
                Scenarios.refuseParameter("temperature", Scenarios.refuseParameter("max_tokens", Scenarios.text(1))));
        server.next(strict, strict, strict, strict);

        assertEquals("word0 ", ask(FULL).content());
        assertEquals(4, server.questions().size());
    }

    @Test
    void a_cap_that_is_taken_in_neither_spelling_is_not_dropped() {
        Scenario capless = Scenarios.refuseParameter("max_tokens", Scenarios.refuseParameter("max_completion_tokens", Scenarios.text(1)));
        server.next(capless, capless, capless);

        assertEquals("upstream-refused", ask(FULL).code());
        assertEquals(2, server.questions().size());
    }

    @Test
    void a_parameter_that_was_not_sent_is_no_reason_to_ask_again() {
        server.next(Scenarios.refuse(400, "Unsupported parameter: 'temperature'"));

        assertEquals("upstream-refused", ask(QUESTION).code());
        assertEquals(1, server.questions().size());
    }

    @Test
    void a_value_out_of_range_is_no_reason_to_ask_again() {
        server.next(Scenarios.refuse(400, "max_tokens is too large: 50. This model takes at most 10 completion tokens"));

        assertEquals("upstream-refused", ask(FULL).code());
        assertEquals(1, server.questions().size());
    }

    @Test
    void a_server_that_always_refuses_the_same_is_asked_twice_at_most() {
        Scenario stubborn = Scenarios.refuse(400, "Unsupported parameter: 'temperature'");
        server.next(stubborn, stubborn, stubborn);

        assertEquals("upstream-refused", ask(FULL).code());
        assertEquals(2, server.questions().size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"400|System role not supported", "500|Conversation roles must alternate user/assistant/user/assistant/...",
        "400|Developer instruction is not enabled for models/gemma-3-27b-it", "422|body.messages.0.role: 'system' is not one of ['user', 'assistant']",
        "400|Unexpected role 'system' in messages", "400|Value error, 'system' role is not supported by this model", "400|messages[0].role should be one of user, assistant", "400|Only user and assistant roles are supported!", "400|This model does not support system messages"})
    void a_template_that_knows_no_system_message_gets_it_at_the_beginning_of_the_first_prompt_from_then_on(int status, String words) {
        var question = new Question("gemma", List.of(new Turn(Role.SYSTEM, "Be brief"), new Turn(Role.ASSISTANT, "Hi"), new Turn(Role.USER, "Hello"),
                new Turn(Role.ASSISTANT, "Yes?"), new Turn(Role.USER, "So")), Optional.empty(), Optional.empty());
        server.next(Scenarios.refuse(status, words), Scenarios.text(1), Scenarios.text(1));
        assertEquals("word0 ", ask(question).content());
        ask(question);

        assertEquals(3, server.questions().size());
        for (int i = 1; i <= 2; i++) {
            assertEquals("""
                    [{"role":"user","content":"Be brief\\n\\nHi\\n\\nHello"},{"role":"assistant","content":"Yes?"},{"role":"user","content":"So"}]""",
                    server.questions().get(i).body().path("messages").toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Conversation roles must alternate user/assistant/user/assistant/...", "System role not supported"})
    void what_has_no_system_message_is_not_asked_again_for_it(String words) {
        server.next(Scenarios.refuse(400, words));
        assertEquals("upstream-refused", ask(FULL).code());
        assertEquals(1, server.questions().size());
    }

    @Test
    void thoughts_in_an_answer_are_not_sent_back() {
        ask(new Question("m", List.of(new Turn(Role.USER, "<think>mine</think>"), new Turn(Role.ASSISTANT, "<think>hm</think>\n\nSo"), new Turn(Role.USER, "Go")),
                Optional.empty(), Optional.empty()));
        assertEquals("[\"<think>mine</think>\",\"So\",\"Go\"]", server.questions().getFirst().body().path("messages").findValues("content").toString().replace(", ", ","));
    }
}
