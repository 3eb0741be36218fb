package runnel.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import runnel.chat.Role;
import runnel.chat.Turn;
import runnel.settings.ContinueBy;
import runnel.upstream.Question;

/// How a model is asked to go on with what it has said.
class ContinueTest extends UpstreamTest {
    private static final Question GO_ON = new Question("scripted",
            List.of(new Turn(Role.USER, "Count"), new Turn(Role.ASSISTANT, "one two")), Optional.empty(), Optional.empty());

    @ParameterizedTest
    @CsvSource({"vllm, PARAMETERS", "sglang, PARAMETERS", "llamacpp, LAST_MESSAGE", "library, LAST_MESSAGE", "runnel, LAST_MESSAGE", "openai, PROMPT", "'', PROMPT"})
    void a_server_is_given_the_beginning_as_its_family_takes_it_and_a_stranger_is_asked_in_words(String owner, ContinuationStyle style) {
        assertEquals(style, ContinuationStyle.of(ContinueBy.AUTO, URI.create("http://127.0.0.1/v1"), owner));
    }

    @ParameterizedTest
    @CsvSource({"https://api.mistral.ai/v1, PREFIX_FIELD", "https://api.deepseek.com/beta, PREFIX_FIELD", "https://api.deepseek.com/v1, PROMPT",
            "https://api.openai.com/v1, PROMPT", "https://evil.example/api.mistral.ai, PROMPT"})
    void mistral_and_deepseek_s_beta_are_known_by_their_address(URI address, ContinuationStyle style) {
        assertEquals(style, ContinuationStyle.of(ContinueBy.AUTO, address, ""));
    }

    @Test
    void a_server_of_vllm_s_family_gets_the_two_flags_and_no_prompt_behind_the_beginning() {
        listed("vllm");
        assertEquals(" three", resume(Scenarios.deltas(" three")).content());
        assertTrue(body().path("continue_final_message").asBoolean());
        assertFalse(body().path("add_generation_prompt").asBoolean(true));
        assertEquals("assistant", last().path("role").asText());
        assertEquals("one two", last().path("content").asText());
    }

    @Test
    void a_server_that_takes_the_last_place_gets_nothing_else() {
        listed("llamacpp");
        resume(Scenarios.deltas(" three"));
        assertEquals("{\"role\":\"assistant\",\"content\":\"one two\"}", last().toString());
        assertFalse(body().has("continue_final_message"));
    }

    @Test
    void a_stranger_is_asked_in_words_behind_what_it_said() {
        listed("somebody");
        resume(Scenarios.deltas(" three"));
        assertEquals("user", last().path("role").asText());
        assertEquals("one two", body().path("messages").path(1).path("content").asText());
        assertFalse(body().has("continue_final_message"));
    }

    @Test
    void a_server_without_a_list_is_a_stranger() {
        server.listing(Scenarios.refuse(404, "no such page"));
        resume(Scenarios.deltas(" three"));
        assertEquals("user", last().path("role").asText());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "400 | Assistant response prefill is incompatible with enable_thinking.",
            "400 | This model does not support assistant message prefill. The conversation must end with a user message.",
            "422 | body.continue_final_message: Extra inputs are not permitted",
            "400 | messages: final assistant content cannot end with trailing whitespace"})
    void a_model_that_refuses_a_beginning_is_asked_in_words_at_once_and_from_then_on(int status, String complaint) {
        listed("vllm");
        server.next(Scenarios.refuse(status, complaint));
        assertEquals(" three", resume(Scenarios.deltas(" three")).content());
        assertEquals("user", last().path("role").asText());
        long before = questions();
        resume(Scenarios.deltas(" four"));
        assertEquals(before + 1, questions());
    }

    @Test
    void a_chat_that_is_too_long_is_not_asked_again_in_words() {
        listed("vllm");
        assertEquals("upstream-context-exceeded", resume(Scenarios.refuse(400, "This model's maximum context length is 4096 tokens")).code());
        assertEquals(1, questions());
    }

    @Test
    void a_failure_of_the_server_is_never_asked_again() {
        listed("vllm");
        assertEquals("upstream-error", resume(Scenarios.refuse(500, "prefill exploded")).code());
        assertEquals(1, questions());
    }

    @Test
    void a_model_that_goes_back_to_its_beginning_is_heard_only_where_it_is_new() {
        String said = "The first hundred metres of the way are steep, but then it";
        var question = new Question("scripted", List.of(new Turn(Role.USER, "Where?"), new Turn(Role.ASSISTANT, said)),
                Optional.empty(), Optional.empty());
        server.next(Scenarios.deltas("The first ", "hundred metres of the way are steep, ", "but then it", " is easy."));
        assertEquals(" is easy.", ask(question).content());
    }

    @Test
    void the_setting_wins_over_what_is_known() {
        assertEquals(ContinuationStyle.PROMPT, ContinuationStyle.of(ContinueBy.ASK, URI.create("https://api.mistral.ai/v1"), "vllm"));
        assertEquals(ContinuationStyle.PREFIX_FIELD, ContinuationStyle.of(ContinueBy.PREFILL, URI.create("https://api.mistral.ai/v1"), ""));
        assertEquals(ContinuationStyle.PARAMETERS, ContinuationStyle.of(ContinueBy.PREFILL, URI.create("https://gateway.example/v1"), ""));
    }

    private void listed(String owner) {
        server.listing(wire -> wire.json(200, "{\"data\":[{\"id\":\"scripted\",\"owned_by\":\"" + owner + "\"}]}"));
    }

    private Answered resume(Scenario scenario) {
        server.next(scenario);
        return ask(GO_ON);
    }

    private long questions() {
        return server.asked().stream().filter(asked -> asked.path().endsWith("/chat/completions")).count();
    }

    private JsonNode body() {
        return server.asked().getLast().body();
    }

    private JsonNode last() {
        return body().path("messages").path(body().path("messages").size() - 1);
    }
}
