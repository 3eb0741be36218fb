package runnel.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptedModelTest {
    private final ScriptedModel model;

    ScriptedModelTest() throws Exception {
        model = ScriptedModel.start();
    }

    @AfterEach
    void close() {
        model.close();
    }

    private String ask(HttpRequest.BodyPublisher body) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(model.url() + "/v1/chat/completions")).POST(body).build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    private static HttpRequest.BodyPublisher body(Script script) {
        return HttpRequest.BodyPublishers.ofString("{\"stream\":true,\"model\":\"" + script.model() + "\"}");
    }

    private static long count(String text, String what) {
        return text.split(java.util.regex.Pattern.quote(what), -1).length - 1;
    }

    @Test
    void the_model_says_what_its_name_asks_for() throws Exception {
        var said = ask(body(Script.of(5, 1_000)));
        for (int number = 0; number < 5; number++) {
            assertEquals(1, count(said, "\"delta\":{\"content\":\"[" + number + "@"));
        }
        assertEquals(1, count(said, "\"finish_reason\":\"stop\""));
        assertTrue(said.endsWith("data: [DONE]\n\n"), said);
    }

    @Test
    void a_question_in_chunks_of_unknown_length_is_understood() throws Exception {
        var bytes = ("{\"model\":\"" + Script.of(2, 1_000).model() + "\"}").getBytes();
        var said = ask(HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(bytes)));
        assertEquals(2, count(said, "@"));
    }

    @Test
    void a_long_beginning_comes_whole_before_the_first_token() throws Exception {
        var said = ask(body(new Script(2, 1_000, 1_000_000)));
        var before = said.substring(0, said.indexOf("[0@"));
        assertTrue(count(before, "\"content\":") * 4_096 >= 1_000_000, () -> "only " + before.length());
        assertEquals(2, count(said, "@"));
    }

    @Test
    void many_streams_at_once_are_all_whole() throws Exception {
        var tally = new Tally();
        new LoadClient(new Target(model.url(), false, Optional.empty()), Load.of(Script.of(20, 200), 100, 1), tally).run();
        assertEquals(2_000, tally.tokens.sum());
        assertTrue(tally.allWell(), () -> tally.failed + " failed. " + tally.complaint());
        assertEquals(100, tally.begun.sum());
    }

    @Test
    void when_it_hangs_up_its_streams_break_and_it_goes_on_answering() throws Exception {
        var tally = new Tally();
        var client = new LoadClient(new Target(model.url(), false, Optional.empty()), Load.of(Script.of(1_000, 1), 10, 1), tally);
        var running = Measured.start(client);
        while (tally.begun.sum() < 10) {
            Thread.sleep(10);
        }
        model.cancel();
        running.join();
        assertEquals(10, tally.failed.sum());
        assertTrue(ask(body(Script.of(1, 1_000))).endsWith("data: [DONE]\n\n"));
    }

    @Test
    void a_script_survives_being_a_name() {
        for (var script : new Script[] {Script.of(500, 50), Script.of(7, 0.5), new Script(1, 400, 1_000_000)}) {
            assertEquals(script, Script.named("\"model\":\"" + script.model() + "\"").orElseThrow());
        }
        assertTrue(Script.named("{\"model\":\"gpt-5\"}").isEmpty());
    }
}
