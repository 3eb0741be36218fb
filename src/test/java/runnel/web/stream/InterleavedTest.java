package runnel.web.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client;
import runnel.Client.Sent;
import runnel.Follower;
import runnel.Follower.Told;
import runnel.Server;
import runnel.SseReader.Event;
import runnel.faults.Crash;
import runnel.faults.Eventually;
import runnel.faults.SocketReader;
import runnel.store.reply.Checkpoints;
import runnel.upstream.openai.Scenario;
import runnel.web.WebTest;

/// A model that thinks again between what it says.
class InterleavedTest extends WebTest {
    private static final List<Told> TOLD = List.of(new Told("reasoning", "Hm é. "), new Told("message", "First 😀. "), new Told("reasoning", "Again?"),
            new Told("message", "Second."));

    @TempDir
    Path elsewhere;

    private static Scenario thinkingTwice() {
        return wire -> wire.stream().reasoning("Hm ").reasoning("é. ").delta("First ").delta("😀. ").reasoning("Again?").delta("Sec").delta("ond.")
                .finish("stop").done();
    }

    private Sent answered(Scenario scenario) {
        model.next(scenario);
        var sent = client.ask("Think twice", "scripted");
        client.whole(sent);
        return sent;
    }

    private static List<String> runs(JsonNode message) {
        var runs = new ArrayList<String>();
        message.path("runs").forEach(run -> runs.add(run.get("kind").asText() + " " + run.get("content").asText()));
        return runs;
    }

    @Test
    void events_come_in_the_order_in_which_the_model_thought_and_spoke_live_and_later_and_from_every_place() {
        var script = model.script();
        var sent = client.ask("Think twice", "scripted");
        var live = new Follower();
        try (var reader = client.read(sent)) {
            live.take(reader.next("start"));
            script.reason("Hm é. ");
            live.take(reader.next("reasoning"));
            script.send("First 😀. ");
            live.take(reader.next("message"));
            script.reason("Again?");
            live.take(reader.next("reasoning"));
            script.send("Second.");
            live.take(reader.next("message"));
            script.finish();
            live.take(reader.next("stop"));
        }
        assertEquals(TOLD, live.told());
        assertEveryPlace(live, sent);
        server.restart();
        assertEveryPlace(live, sent);
    }

    private void assertEveryPlace(Follower live, Sent sent) {
        assertEquals(TOLD, client.whole(sent).told());
        for (var place : live.places().subList(0, live.places().size() - 1)) {
            try (var reader = client.read(sent, "Last-Event-ID", place.cursor())) {
                var later = Follower.at(place).readAll(reader);
                assertEquals(TOLD, later.told());
                assertEquals(List.of(true), later.greetings());
            }
        }
    }

    @Test
    void tags_in_the_text_part_thoughts_from_text_every_time() {
        var sent = answered(wire -> wire.stream().delta("<think>Hm ").delta("é. </th").delta("ink>First 😀. <thi").delta("nk>Again?</think>Second.")
                .finish("stop").done());
        assertEquals(TOLD, client.whole(sent).told());
        assertEquals("First 😀. Second.", client.message(sent).get("content").asText());
    }

    @Test
    void all_transports_tell_it_alike_and_bare_text_is_the_text_alone() {
        var sent = answered(thinkingTwice());
        var polled = new Follower();
        Client.json(client.get("/api/poll/" + sent.reply())).get("events").forEach(event -> polled.take(event(event)));
        assertEquals(TOLD, polled.told());
        var heard = new Follower();
        try (var socket = SocketReader.open(server.url("/api/ws/" + sent.reply()))) {
            for (var frame = socket.next(); frame.isPresent(); frame = socket.next()) {
                heard.take(event(Client.json(frame.get())));
            }
        }
        assertEquals(TOLD, heard.told());
        model.next(thinkingTwice());
        var text = client.post("/api/chat", Client.object().put("prompt", "x").put("model", "scripted"), "Accept", "text/plain");
        assertEquals("First 😀. Second.", text.body());
    }

    private static Event event(JsonNode event) {
        return new Event(event.get("id").asText(), event.get("event").asText(), event.get("data").toString());
    }

    @Test
    void a_chat_lists_the_runs_where_two_texts_do_not_tell_their_order() {
        var sent = answered(thinkingTwice());
        var message = client.message(sent);
        assertEquals(List.of("reasoning Hm é. ", "text First 😀. ", "reasoning Again?", "text Second."), runs(message));
        assertEquals("Hm é. Again?", message.get("reasoning").asText());
        assertEquals("First 😀. Second.", message.get("content").asText());
        assertFalse(client.message(answered(wire -> wire.stream().reasoning("Hm").delta("So").finish("stop").done())).has("runs"));
    }

    @Test
    void a_running_reply_is_shown_with_the_cursor_of_exactly_these_runs() {
        var script = model.script();
        var sent = client.ask("Think twice", "scripted");
        script.reason("Hm é. ").send("First 😀. ").reason("Aga");
        Eventually.holds(() -> client.message(sent).get("reasoning").asText().endsWith("Aga"));
        var message = client.message(sent);
        assertEquals(List.of("reasoning Hm é. ", "text First 😀. ", "reasoning Aga"), runs(message));
        script.reason("in?").send("Second.").finish();
        var known = new Follower.Known(message.get("cursor").asText(), List.of(TOLD.get(0), TOLD.get(1), new Told("reasoning", "Aga")));
        try (var reader = client.read(sent.sse() + "?after=" + known.cursor())) {
            assertEquals(TOLD, Follower.at(known).readAll(reader).told());
        }
    }

    @Test
    void exports_are_in_its_order_and_come_back_in_it() {
        var sent = answered(thinkingTwice());
        var markdown = client.get("/api/chats/" + sent.chat() + "/export?format=md").body();
        var places = List.of("Hm é.", "First 😀.", "Again?", "Second.").stream().map(markdown::indexOf).toList();
        assertEquals(places.stream().sorted().toList(), places);
        assertTrue(places.getFirst() > 0, markdown);
        var export = client.get("/api/chats/" + sent.chat() + "/export?format=json").body();
        var runs = runs(client.message(sent));
        client.send("DELETE", "/api/chats/" + sent.chat(), null);
        var taken = client.send("POST", "/api/import", export, "Content-Type", "application/json");
        var copy = Client.json(client.get("/api/chats/" + Client.json(taken).get("chats").get(0).asText())).get("messages").get(1);
        assertEquals(runs, runs(copy));
    }

    @Test
    void a_crash_in_the_middle_leaves_a_beginning_in_its_order_which_is_continued() {
        var script = model.script();
        var sent = client.ask("Think twice", "scripted");
        script.reason("Hm é. ").send("First 😀. ").reason("Again?");
        var before = new Follower();
        try (var reader = client.read(sent)) {
            while (!before.reasoning().endsWith("Again?")) {
                before.take(reader.next().orElseThrow());
            }
        }
        Eventually.holds(() -> kept(sent).equals("Hm é. First 😀. Again?"));
        try (var next = Server.start(Crash.dataOf(server, elsewhere.resolve("left")), "OPENAI_BASE_URL", model.baseUrl().toString())) {
            assertEquals(TOLD.subList(0, 3), next.client().whole(sent).told());
            try (var reader = next.client().read(sent, "Last-Event-ID", before.cursor())) {
                var back = new Follower().readAll(reader);
                assertEquals(List.of(false), back.greetings(), "a place in a text that is gone");
                assertEquals("interrupted", back.status());
                model.next(wire -> wire.stream().reasoning("!").delta("Second.").finish("stop").done());
                assertEquals(201, next.client().post("/api/replies/" + sent.reply() + "/continue", Client.object()).statusCode());
                try (var more = next.client().read(sent, "Last-Event-ID", back.cursor())) {
                    var last = Follower.at(back.places().getLast()).readAll(more);
                    assertEquals(List.of(true), last.greetings());
                    assertEquals(List.of(TOLD.get(0), TOLD.get(1), new Told("reasoning", "Again?\n\n!"), TOLD.get(3)), last.told());
                }
            }
        }
        script.finish();
    }

    private String kept(Sent sent) {
        return server.database().read(Checkpoints::pieces).getOrDefault(sent.reply(), List.of()).stream()
                .map(piece -> piece.text().toString()).collect(Collectors.joining());
    }

    @Test
    void a_refusal_is_told_as_text_and_a_call_of_a_function_is_kept_and_not_told() {
        var sent = answered(wire -> wire.stream().delta("Let me see. ").event("""
                {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c1","function":{"name":"look","arguments":"{\\"é\\":1}"}}]}}]}""")
                .delta("refusal", "No.").finish("stop").done());
        assertEquals(List.of(new Told("message", "Let me see. No.")), client.whole(sent).told());
        var message = client.message(sent);
        assertEquals("Let me see. No.", message.get("content").asText());
        assertEquals(List.of("text Let me see. ", "function_call {\"é\":1}", "refusal No."), runs(message));
        assertEquals("look", message.get("runs").get(1).get("name").asText());
        server.restart();
        assertEquals(runs(message), runs(client.message(sent)));
        assertEquals(List.of(new Told("message", "Let me see. No.")), client.whole(sent).told());
    }
}
