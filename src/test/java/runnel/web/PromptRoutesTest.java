package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.Follower;
import runnel.upstream.openai.Scenarios;

class PromptRoutesTest extends WebTest {
    private static ObjectNode prompt(String text) {
        return Client.object().put("prompt", text);
    }

    private HttpResponse<String> ask(ObjectNode body, String... headers) {
        return client.post("/api/chat", body, headers);
    }

    @Test
    void a_prompt_is_answered_with_201_and_where_its_reply_is_read() {
        var answer = ask(prompt("hello"));
        var ids = Client.json(answer);

        assertEquals(201, answer.statusCode());
        assertEquals("application/json", answer.headers().firstValue("Content-Type").orElse(""));
        assertEquals("/api/sse/" + ids.get("reply").asText(), ids.get("sse").asText());
        assertEquals(ids.get("sse").asText(), answer.headers().firstValue("Location").orElse(""));
        assertEquals(4, ids.size());
        assertEquals("word0 word1 word2 ", client.whole(Client.sent(answer)).content());
    }

    @Test
    void the_answer_can_be_the_stream_itself() {
        var answer = client.send("POST", "/api/chat", prompt("hello").toString(), BodyHandlers.ofInputStream(),
                "Content-Type", "application/json", "Accept", "text/event-stream");
        try (var reader = client.reading(answer)) {
            var follower = new Follower().readAll(reader);
            assertEquals("text/event-stream;charset=utf-8", reader.header("Content-Type"));
            assertTrue(reader.header("Location").startsWith("/api/sse/"));
            assertEquals("word0 word1 word2 ", follower.content());
            assertEquals("complete", follower.status());
        }
    }

    @Test
    void the_answer_can_be_the_bare_text() {
        model.next(Scenarios.deltas("héllo ", "😀\n", "\u2028"));
        var answer = ask(prompt("hello"), "Accept", "text/plain");

        assertEquals(200, answer.statusCode());
        assertEquals("text/plain;charset=utf-8", answer.headers().firstValue("Content-Type").orElse("").replace(" ", "").toLowerCase());
        assertEquals("no-store, no-transform", answer.headers().firstValue("Cache-Control").orElse(""));
        assertEquals("héllo 😀\n\u2028", answer.body());
    }

    @Test
    void bare_text_that_is_not_complete_ends_with_a_broken_connection() {
        model.next(Scenarios.cut(2));
        var answer = runnel.RawHttp.send(server.port(), "POST /api/chat HTTP/1.1", "Host: localhost", "Accept: text/plain",
                "Content-Type: application/json", "Content-Length: 14\r\n\r\n{\"prompt\":\"x\"}");
        assertTrue(answer.contains("word0"), answer);
        assertFalse(answer.endsWith("0\r\n\r\n"), "the last chunk would say that this is all");
    }

    @Test
    void the_most_wanted_form_is_given() {
        assertEquals(201, ask(prompt("a"), "Accept", "text/plain;q=0.5, application/json").statusCode());
        assertEquals(201, ask(prompt("a"), "Accept", "*/*").statusCode());
        assertEquals(200, ask(prompt("a"), "Accept", "application/json;q=0.1, text/plain;q=0.2").statusCode());
    }

    @Test
    void a_form_that_there_is_not_is_406_and_starts_nothing() {
        problem(406, ask(prompt("a"), "Accept", "image/png"));
        problem(406, ask(prompt("a"), "Accept", "application/json;q=0"));
        assertEquals(0, model.questions().size());
        assertEquals(0, Client.json(client.get("/api/chats")).get("chats").size());
    }

    @Test
    void the_same_send_again_is_200_with_the_same_ids_in_whatever_order_its_fields_are() {
        var id = UUID.randomUUID().toString();
        var first = ask(prompt("hello").put("id", id).put("model", "text:1"));
        var again = ask(Client.object().put("model", "text:1").put("id", id).put("prompt", "hello"));

        assertEquals(201, first.statusCode());
        assertEquals(200, again.statusCode());
        assertEquals(first.body(), again.body());
        problem(409, ask(prompt("other").put("id", id).put("model", "text:1")));
        client.whole(Client.sent(first));
        assertEquals(1, model.questions().size());
    }

    @Test
    void fifty_equal_sends_at_once_are_one_question() throws Exception {
        var body = prompt("hello").put("id", UUID.randomUUID().toString());
        var answers = new ArrayList<Future<HttpResponse<String>>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 50).forEach(_ -> answers.add(threads.submit(() -> ask(body))));
        }
        var bodies = new HashSet<String>();
        var created = 0;
        for (var answer : answers) {
            bodies.add(answer.get().body());
            created += answer.get().statusCode() == 201 ? 1 : 0;
        }
        assertEquals(1, bodies.size());
        assertEquals(1, created);
        client.whole(Client.sent(answers.getFirst().get()));
        assertEquals(1, model.questions().size());
    }

    @Test
    void a_busy_chat_is_409_and_names_the_running_reply() {
        var script = model.script();
        var running = client.ask("hello", "x");
        var refused = problem(409, ask(prompt("more").put("chat", running.chat())));

        assertEquals(running.reply(), refused.get("reply").asText());
        script.finish();
    }

    @Test
    void every_wrong_field_is_told_at_once() {
        var wrong = problem(422, ask(Client.object().put("prompt", "   ").put("id", "7").put("temperature", 3).put("max_tokens", 1.5).put("model", 7)));
        var fields = new HashSet<String>();
        wrong.get("errors").forEach(error -> fields.add(error.get("field").asText()));

        assertEquals(java.util.Set.of("prompt", "id", "temperature", "max_tokens", "model"), fields);
        wrong.get("errors").forEach(error -> assertFalse(error.get("message").asText().isBlank()));
    }

    @Test
    void a_number_out_of_its_range_is_refused_however_far_out_it_is() {
        for (var field : List.of("\"temperature\":1e400", "\"temperature\":-1e-9", "\"temperature\":2.1", "\"max_tokens\":0", "\"max_tokens\":-1",
                "\"max_tokens\":2147483648", "\"max_tokens\":99999999999999999999", "\"max_tokens\":1e400", "\"max_tokens\":" + "9".repeat(900))) {
            problem(422, client.send("POST", "/api/chat", "{\"prompt\":\"x\"," + field + "}", "Content-Type", "application/json"));
        }
        problem(400, client.send("POST", "/api/chat", "{\"prompt\":\"x\",\"max_tokens\":" + "9".repeat(100_000) + "}", "Content-Type", "application/json"));
        assertEquals(0, model.questions().size());
    }

    @Test
    void a_prompt_has_a_million_characters_at_most_whatever_they_are() {
        assertEquals(201, ask(prompt("  " + "😀".repeat(1_000_000) + "\n")).statusCode());
        problem(422, ask(prompt("a".repeat(1_000_001))));
        problem(422, ask(Client.object()));
        problem(422, ask(Client.object().put("prompt", 7)));
    }

    @Test
    void a_chat_or_parent_that_is_not_there_is_404() {
        problem(404, ask(prompt("x").put("chat", NOWHERE)));
        var sent = client.ask("hello", "x");
        client.whole(sent);
        problem(404, ask(prompt("x").put("chat", sent.chat()).put("parent", NOWHERE)));
        assertEquals(1, model.questions().size());
    }

    @Test
    void temperature_cap_model_and_system_reach_the_model() {
        client.whole(Client.sent(ask(prompt("hello").put("model", "m").put("system", "be brief").put("temperature", 0.5).put("max_tokens", 9))));
        var body = model.questions().getFirst().body();

        assertEquals("m", body.get("model").asText());
        assertEquals("be brief", body.get("messages").get(0).get("content").asText());
        assertEquals(0.5, body.get("temperature").asDouble());
        assertTrue(body.toString().contains(":9"), body.toString());
    }

    @Test
    void a_model_server_that_is_down_is_told_as_a_problem() {
        model.listing(Scenarios.html(500));
        var answer = client.get("/api/models");
        problem(answer.statusCode(), answer);
        assertTrue(answer.statusCode() >= 502, answer.body());
    }
}
