package runnel.web.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.Client;
import runnel.Follower;
import runnel.Nasty;
import runnel.Server;
import runnel.SseReader.Event;
import runnel.upstream.openai.Scenarios;
import runnel.upstream.openai.ScriptedUpstream;

/// What `GET /api/sse/{reply}` promises.
class SseTest {
    @TempDir
    Path folder;
    Server server;
    ScriptedUpstream model;
    Client client;

    @BeforeEach
    final void start() {
        server = Server.start(folder, "HEARTBEAT", "1");
        model = server.upstream();
        client = server.client();
    }

    @AfterEach
    final void stop() {
        server.close();
    }

    @Test
    void start_is_first_and_stop_is_last_and_each_comes_once() {
        model.next(Scenarios.reasoning("because ", "so"));
        var sent = client.ask("hello", "m");
        List<Event> events;
        try (var reader = client.read(sent)) {
            events = reader.rest();
            assertFalse(reader.broken());
        }
        var start = events.getFirst().json();
        var stop = events.getLast().json();

        assertEquals("start", events.getFirst().name());
        assertEquals(List.of(sent.reply(), sent.chat(), "m", "false"), List.of(start.get("reply").asText(), start.get("chat").asText(),
                start.get("model").asText(), start.get("resumed").asText()));
        assertEquals("stop", events.getLast().name());
        assertEquals("{\"status\":\"complete\",\"finish_reason\":\"stop\",\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3,"
                + "\"total_tokens\":10},\"error\":null}", stop.toString());
        assertEquals(1, events.stream().filter(event -> event.name().equals("start")).count());
        assertEquals(1, events.stream().filter(event -> event.name().equals("stop")).count());
    }

    @Test
    void a_failed_reply_says_why_in_its_stop() {
        model.next(Scenarios.cut(2));
        var follower = client.whole(client.ask("hello", "m"));

        assertEquals("failed", follower.status());
        assertEquals("word0 word1 ", follower.content());
        assertFalse(follower.stop().get("error").get("detail").asText().isBlank());
    }

    @Test
    void no_one_in_between_may_keep_or_change_the_stream() {
        var sent = client.ask("hello", "m");
        try (var reader = client.read(sent, "Accept-Encoding", "gzip, br, deflate")) {
            assertEquals(200, reader.status());
            assertEquals("text/event-stream", reader.header("Content-Type").split(";")[0]);
            assertEquals("no-store, no-transform", reader.header("Cache-Control"));
            assertEquals("no", reader.header("X-Accel-Buffering"));
            assertEquals("", reader.header("Content-Encoding"));
            reader.rest();
        }
    }

    @Test
    void the_first_frame_says_how_soon_to_come_back() {
        try (var reader = client.read(client.ask("hello", "m"))) {
            reader.next();
            assertTrue(reader.raw().lines().anyMatch(line -> line.matches("retry: \\d+")), reader.raw());
        }
    }

    @Test
    void data_is_one_line_of_json_whatever_the_text_is_and_ids_are_short_ascii() {
        var text = Nasty.text(new Random(1), 500);
        model.next(Scenarios.deltas(Nasty.pieces(new Random(2), text, 10).toArray(String[]::new)));
        var sent = client.ask("hello", "m");
        var follower = new Follower();
        try (var reader = client.read(sent)) {
            for (var event : reader.rest()) {
                assertTrue(event.id().matches("[\\x21-\\x7e]{1,64}"), event.id());
                assertFalse(event.data().contains("\n"));
                follower.take(event);
            }
            assertFalse(reader.raw().contains("\r"), "a bare CR would end a line");
        }
        assertEquals(List.of(Nasty.stored(text).split("(?<= )")), List.of(follower.content().split("(?<= )")));
    }

    @Test
    void each_piece_is_sent_as_soon_as_it_comes() {
        var script = model.script();
        try (var reader = client.read(client.ask("hello", "m"))) {
            for (var piece : List.of("a", "b", "c")) {
                script.send(piece);
                assertEquals(piece, reader.next("message").content());
            }
            script.reason("hm");
            assertEquals("hm", reader.next("reasoning").content());
            script.finish();
            reader.next("stop");
        }
    }

    @Test
    void one_who_comes_late_gets_the_backlog_joined() {
        var script = model.script();
        var sent = client.ask("hello", "m");
        script.send("a").send("b").send("c");
        try (var first = client.read(sent)) {
            for (var text = first.next("message").content(); !text.endsWith("c"); ) {
                text = first.next("message").content();
            }
        }
        try (var reader = client.read(sent)) {
            assertEquals("abc", reader.next("message").content());
        }
        script.finish();
    }

    @Test
    void the_header_is_stronger_than_the_address() {
        var sent = client.ask("hello", "m");
        var whole = client.whole(sent);
        var first = whole.places().get(1);
        try (var reader = client.read(sent.sse() + "?after=" + whole.cursor(), "Last-Event-ID", first.cursor())) {
            assertEquals("word0 word1 word2 ", Follower.at(first).readAll(reader).content());
        }
        try (var reader = client.read(sent.sse() + "?after=" + first.cursor(), "Last-Event-ID", "nonsense")) {
            assertFalse(reader.next().orElseThrow().json().get("resumed").asBoolean());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "0.0.0.0", "1.0.1.0", "zzzzzzzzzz.1.1.1", "%00", "%F0%9F%98%80", "a.b.c.d", "'%20or%201=1", "..", "1.2.3.4.5"})
    void a_cursor_that_cannot_be_honoured_gives_the_whole(String cursor) {
        var sent = client.ask("hello", "m");
        client.whole(sent);
        try (var reader = client.read(sent.sse() + "?after=" + cursor)) {
            var follower = new Follower().readAll(reader);
            assertEquals(List.of(false), follower.greetings());
            assertEquals("word0 word1 word2 ", follower.content());
        }
    }

    @Test
    void a_cursor_of_another_reply_gives_the_whole() {
        var other = client.whole(client.ask("other", "m"));
        var sent = client.ask("hello", "m");
        client.whole(sent);
        try (var reader = client.read(sent, "Last-Event-ID", other.cursor())) {
            assertFalse(reader.next().orElseThrow().json().get("resumed").asBoolean());
        }
    }

    @Test
    void behind_stop_there_is_nothing_and_a_browser_may_rest() {
        var sent = client.ask("hello", "m");
        var whole = client.whole(sent);
        var answer = client.get(sent.sse(), "Last-Event-ID", whole.cursor());

        assertEquals(204, answer.statusCode());
        assertEquals("", answer.body());
    }

    @Test
    void who_accepts_something_else_only_gets_406_and_everyone_else_the_stream() {
        var sent = client.ask("hello", "m");
        client.whole(sent);
        assertEquals(406, client.get(sent.sse(), "Accept", "application/json").statusCode());
        assertEquals(406, client.get(sent.sse(), "Accept", "text/event-stream;q=0, */*").statusCode());
        assertEquals(200, client.get(sent.sse(), "Accept", "*/*").statusCode());
        assertEquals(200, client.get(sent.sse(), "Accept", "text/*;q=0.1").statusCode());
        assertEquals(200, client.get(sent.sse(), "Accept", "text/event-stream, */*").statusCode());
    }

    @Test
    void an_idle_stream_carries_heartbeats_that_are_no_events() {
        var script = model.script();
        try (var reader = client.read(client.ask("hello", "m"))) {
            reader.next();
            reader.awaitComment();
            reader.awaitComment();
            script.send("still here").finish();
            assertEquals("still here", reader.next("message").content());
        }
    }

    @Test
    void a_reader_whose_server_is_restarted_comes_back_and_misses_nothing() throws Exception {
        var script = model.script();
        var sent = client.ask("hello", "m");
        var follower = new Follower();
        try (var reader = client.read(sent)) {
            follower.take(reader.next().orElseThrow());
            script.send("one ");
            follower.take(reader.next().orElseThrow());
            var restarting = Thread.startVirtualThread(server::restart);
            reader.rest().forEach(follower::take);
            restarting.join();
        }
        if (!follower.done()) {
            try (var reader = client.read(sent, "Last-Event-ID", follower.cursor())) {
                follower.readAll(reader);
            }
        }
        assertEquals("one ", follower.content());
        assertEquals("interrupted", follower.status());
    }

    @Test
    void a_head_request_begins_no_stream() {
        model.next(Scenarios.mute());
        var sent = client.ask("hello", "m");
        var answer = client.send("HEAD", sent.sse(), null);

        assertEquals("", answer.body());
        assertEquals(405, answer.statusCode());
    }
}
