package runnel.web.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.Client.Sent;
import runnel.Follower;
import runnel.upstream.openai.Scenarios;
import runnel.web.WebTest;

/// Stop, regenerate and continue.
class StoppingTest extends WebTest {
    private HttpResponse<String> act(Sent sent, String verb) {
        return client.post("/api/replies/" + sent.reply() + "/" + verb, Client.object());
    }

    @Test
    void stop_answers_with_the_end_and_readers_are_told_the_same() throws Exception {
        var script = model.script();
        var sent = client.ask("hello", "x");
        try (var reader = client.read(sent)) {
            script.send("half");
            reader.next("message");
            var end = Client.json(act(sent, "stop"));
            var stop = reader.next("stop").json();

            assertEquals("stopped", end.get("status").asText());
            assertEquals(end.get("status"), stop.get("status"));
            assertTrue(stop.get("finish_reason").isNull() && stop.get("error").isNull());
            model.questions().getFirst().awaitHangUp();
        }
        assertEquals("half", client.message(sent).get("content").asText());
        assertEquals("stopped", Client.json(act(sent, "stop")).get("status").asText());
    }

    @Test
    void a_continued_reply_is_the_same_reply_and_old_cursors_stay_good() {
        var script = model.script();
        var sent = client.ask("hello", "x");
        var early = new Follower();
        var late = new Follower();
        try (var reader = client.read(sent)) {
            early.take(reader.next().orElseThrow());
            script.send("one ");
            early.take(reader.next().orElseThrow());
            act(sent, "stop");
        }
        try (var reader = client.read(sent)) {
            late.readAll(reader);
        }
        model.next(Scenarios.deltas("two"));
        var again = act(sent, "continue");

        assertEquals(201, again.statusCode());
        assertEquals(sent.reply(), Client.sent(again).reply());
        for (var place : java.util.List.of(early.places().getLast(), late.places().getLast())) {
            var follower = Follower.at(place);
            try (var reader = client.read(sent, "Last-Event-ID", place.cursor())) {
                follower.readAll(reader);
            }
            assertEquals("one two", follower.content());
            assertEquals("complete", follower.status());
            assertEquals(java.util.List.of(true), follower.greetings());
        }
        assertEquals("one two", client.whole(sent).content());
    }

    @Test
    void there_is_nothing_to_continue_in_a_whole_reply() {
        var sent = client.ask("hello", "x");
        client.whole(sent);
        problem(409, act(sent, "continue"));
    }

    @Test
    void another_reply_stands_beside_the_old_one() {
        var sent = client.ask("hello", "x");
        client.whole(sent);
        model.next(Scenarios.deltas("better"));
        var again = Client.sent(act(sent, "regenerate"));

        assertEquals("better", client.whole(again).content());
        assertEquals(sent.message(), client.message(again).get("parent").asText());
        assertEquals("word0 word1 word2 ", client.message(sent).get("content").asText());
    }

    @Test
    void another_reply_needs_no_body() {
        var sent = client.ask("hello", "x");
        client.whole(sent);
        var answer = client.send("POST", "/api/replies/" + sent.reply() + "/regenerate", null);
        assertEquals(201, answer.statusCode(), answer.body());
    }

    @Test
    void none_of_it_works_on_what_is_not_there() {
        for (var verb : new String[] {"stop", "regenerate", "continue"}) {
            for (var id : new String[] {NOWHERE, UUID.randomUUID().toString(), "x"}) {
                assertEquals(404, client.post("/api/replies/" + id + "/" + verb, Client.object()).statusCode(), verb + " " + id);
            }
            // Without a body: Jetty refuses such a path before it has read one, and closes.
            assertEquals(400, client.send("POST", "/api/replies/%00/" + verb, null).statusCode(), verb);
        }
    }

    @Test
    void a_prompts_own_id_is_not_a_reply() {
        var sent = client.ask("hello", "x");
        client.whole(sent);
        problem(404, client.get("/api/sse/" + sent.message()));
        problem(404, client.post("/api/replies/" + sent.message() + "/stop", Client.object()));
        problem(404, client.post("/api/replies/" + sent.message() + "/continue", Client.object()));
    }
}
