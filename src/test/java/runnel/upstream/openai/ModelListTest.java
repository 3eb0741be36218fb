package runnel.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.upstream.Models;
import runnel.upstream.Models.Model;
import runnel.upstream.UpstreamException;

/// Which models there are, and which one is used when nobody chose.
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
        "{\"object\":\"list\",\"data\":[{\"id\":\"m\",\"max_context_length\":9}]}"})
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

    @Test
    void without_a_list_and_a_configured_model_there_is_nothing_to_ask() {
        server.listing(Scenarios.refuse(401, "wrong key"));
        assertEquals("upstream-refused-key", assertThrows(UpstreamException.class, upstream::models).problem().code());
        lists("{\"data\":[]}");
        assertEquals("upstream-no-models", assertThrows(UpstreamException.class, upstream::models).problem().code());
        server.listing(Scenarios.html(200));
        assertEquals("upstream-not-an-api", assertThrows(UpstreamException.class, upstream::models).problem().code());
        lists("{\"ok\":true}");
        assertEquals("upstream-not-an-api", assertThrows(UpstreamException.class, upstream::models).problem().code());
        server.listing(Wire::cut);
        assertEquals("upstream-hung-up", assertThrows(UpstreamException.class, upstream::models).problem().code());
    }

    @Test
    void many_who_want_the_list_at_once_cost_one_request() throws InterruptedException {
        var threads = Stream.generate(() -> Thread.startVirtualThread(upstream::models)).limit(20).toList();
        for (Thread each : threads) {
            each.join();
        }

        assertEquals(1, server.asked().size());
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
        return new Model(id, context == 0 ? OptionalLong.empty() : OptionalLong.of(context));
    }
}
