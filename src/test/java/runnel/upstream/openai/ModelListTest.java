package runnel.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.upstream.Models;
import runnel.upstream.Models.Model;
import runnel.upstream.Outcome;
import runnel.upstream.UpstreamException;

/// Which models there are, and which one is used when nobody chose.
@Timeout(30)
class ModelListTest extends UpstreamTest {
    @Test
    void models_are_listed_as_the_server_lists_them() {
        lists("{\"data\":[{\"id\":\"b\"},{\"id\":\"a\",\"max_model_len\":4096},{\"id\":\"c\",\"meta\":{\"n_ctx\":8192}},{\"id\":\"\"}]}");

        assertEquals(new Models(List.of(model("b", 0), model("a", 4096), model("c", 8192)), "b"), upstream.models());
        assertEquals("Bearer " + ScriptedUpstream.CANARY, server.asked().getFirst().header("authorization"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "[{\"id\":\"m\",\"context_length\":9}]", "{\"models\":[{\"name\":\"m\",\"context_window\":9}]}",
        "{\"object\":\"list\",\"data\":[{\"id\":\"m\",\"max_context_length\":9}]}", "{\"data\":[{\"id\":\"m\",\"context_length\":\"9\"},{\"id\":\"m\"}]}",
        "{\"success\":true,\"result\":[{\"id\":\"m\",\"inputTokenLimit\":9}]}", "{\"code\":0,\"data\":{\"models\":[{\"id\":\"m\",\"max_context_length\":99,\"loaded_context_length\":9}]}}"})
    void every_shape_of_list_in_use_is_read(String json) {
        lists(json);
        assertEquals(List.of(model("m", 9)), upstream.models().models());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text-embedding-3-small", "whisper-1", "tts-1-hd", "dall-e-3", "omni-moderation-latest", "gpt-image-1",
        "gpt-4o-audio-preview", "bge-reranker-v2", "gpt-4o-realtime-preview", "gpt-4o-transcribe", "nomic-embed-text:latest"})
    void a_model_that_does_not_chat_is_not_preferred(String id) {
        lists("{\"data\":[{\"id\":\"" + id + "\"},{\"id\":\"gpt-4o\"}]}");
        assertEquals("gpt-4o", upstream.models().preferred());
    }

    @Test
    void the_configured_model_is_preferred_and_listed() {
        prefer("mine");
        assertEquals(new Models(List.of(model("mine", 0), model("text:3", 0)), "mine"), upstream.models());
    }

    @Test
    void the_configured_model_is_enough_where_there_is_no_list() {
        prefer("mine");
        server.listing(Scenarios.refuse(404, "no such route"));
        assertEquals(new Models(List.of(model("mine", 0)), "mine"), upstream.models());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "upstream-no-models|{\"object\":\"list\",\"data\":null}", "upstream-no-models|{\"data\":[]}", "upstream-no-models|[]",
        "upstream-no-models|{\"models\":[]}", "upstream-not-an-api|{\"ok\":true}", "upstream-not-an-api|null",
        "upstream-not-an-api|{\"data\":{\"m\":{}}}", "upstream-not-an-api|{\"error\":\"Unexpected endpoint or method. (GET /models)\"}",
        "upstream-not-an-api|<html>", "upstream-not-an-api|{\"data\":[{\"id\":"})
    void an_answer_without_a_model_says_what_is_wrong(String code, String json) {
        lists(json);
        assertEquals(code, failure());
    }

    @Test
    void an_empty_list_tells_how_to_load_a_model_and_a_missing_one_which_setting_helps() {
        lists("{\"object\":\"list\",\"data\":null}");
        assertTrue(assertThrows(UpstreamException.class, upstream::models).problem().detail().contains("ollama pull"));
        reopen(Duration.ofMinutes(1), Duration.ZERO);
        server.listing(Scenarios.refuse(404, "no such route"));
        assertTrue(assertThrows(UpstreamException.class, upstream::models).problem().detail().contains("OPENAI_MODEL"));
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405, 501})
    void a_server_may_have_no_list(int status) {
        server.listing(Scenarios.refuse(status, "no such route"));
        assertEquals("upstream-no-list", failure());
    }

    @Test
    void without_a_list_and_a_configured_model_there_is_nothing_to_ask() {
        reopen(Duration.ofMinutes(1), Duration.ZERO);
        server.listing(Scenarios.refuse(401, "wrong key"));
        assertEquals("upstream-refused-key", failure());
        server.listing(Scenarios.html(200));
        assertEquals("upstream-not-an-api", failure());
        server.listing(Wire::cut);
        assertEquals("upstream-hung-up", failure());
    }

    @Test
    void many_who_want_the_list_at_once_cost_one_request_however_long_it_takes() throws Exception {
        var all = new CountDownLatch(20);
        server.listing(wire -> {
            all.await();
            wire.json(200, "{\"data\":[{\"id\":\"m\"}]}");
        });
        var answers = together(20, all);

        assertEquals(Set.of("m"), answers);
        assertEquals(1, server.asked().size());
    }

    @Test
    void a_server_that_says_nothing_is_asked_once_and_everybody_hears_of_the_timeout() throws Exception {
        server.listing(Wire::awaitHangUp);
        var answers = together(20, new CountDownLatch(20));

        assertEquals(Set.of("upstream-timeout"), answers);
        assertEquals("upstream-timeout", failure());
        assertEquals(1, server.asked().size());
    }

    @Test
    void a_failure_is_not_remembered_for_ever() {
        reopen(Duration.ofMinutes(1), Duration.ZERO);
        server.listing(Wire::cut);
        assertEquals("upstream-hung-up", failure());
        lists("{\"data\":[{\"id\":\"m\"}]}");
        assertEquals("m", upstream.models().preferred());
    }

    @Test
    void the_old_list_is_good_while_a_new_one_is_fetched_and_when_that_fails() throws Exception {
        reopen(Duration.ZERO, Duration.ZERO);
        lists("{\"data\":[{\"id\":\"old\"}]}");
        assertEquals("old", upstream.models().preferred());
        var asked = new CountDownLatch(1);
        server.listing(wire -> {
            asked.countDown();
            wire.awaitHangUp();
        });
        assertEquals("old", upstream.models().preferred());
        asked.await();
        assertEquals(Set.of("old"), together(20, new CountDownLatch(20)));
        assertFalse(server.asked().getLast().isHungUp(), "somebody waited");
        server.listing(Wire::cut);
        server.asked().getLast().awaitHangUp();
        assertEquals("old", upstream.models().preferred());
    }

    @Test
    void a_prompt_does_not_wait_for_a_list() {
        server.listing(Wire::awaitHangUp);
        assertEquals(Optional.empty(), upstream.contextTokens("m"));
        server.next(Scenarios.text(1));

        assertInstanceOf(Outcome.Complete.class, ask(QUESTION).outcome());
        assertTrue(server.asked().stream().noneMatch(each -> each.path().contains("/models") && each.isHungUp()), "the list was waited for");
    }

    /// What so many are told who ask at the same time: the preferred model or a problem's code.
    private Set<String> together(int many, CountDownLatch all) throws InterruptedException {
        var answers = ConcurrentHashMap.<String>newKeySet();
        var threads = Stream.generate(() -> Thread.startVirtualThread(() -> {
            all.countDown();
            answers.add(answer());
        })).limit(many).toList();
        for (Thread each : threads) {
            each.join();
        }
        return answers;
    }

    private String answer() {
        try {
            return upstream.models().preferred();
        } catch (UpstreamException e) {
            return e.problem().code();
        }
    }

    private String failure() {
        return assertThrows(UpstreamException.class, upstream::models).problem().code();
    }

    private void reopen(Duration fresh, Duration failed) {
        upstream.close();
        upstream = new OpenAiUpstream(server.endpoint(), fresh, failed);
    }

    private void prefer(String model) {
        upstream.close();
        upstream = new OpenAiUpstream(new Endpoint(
                server.baseUrl(), Optional.empty(), Optional.empty(), Optional.of(model), Duration.ofSeconds(5)));
    }

    private void lists(String json) {
        server.listing(wire -> wire.json(200, json));
    }

    private static Model model(String id, long context) {
        return new Model(id, context == 0 ? Optional.empty() : Optional.of(context), false, "");
    }
}
