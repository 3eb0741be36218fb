package runnel.web.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.Client.Sent;
import runnel.Follower;
import runnel.Nasty;
import runnel.RawHttp;
import runnel.SseReader.Event;
import runnel.faults.SocketReader;
import runnel.upstream.openai.Scenario;
import runnel.web.WebTest;

/// Server-sent events, WebSocket and long polling are three encoders of one read, so a reader may change between them at any
/// event.
class TransportsTest extends WebTest {
    @Test
    void readers_that_change_between_the_transports_at_random_all_end_with_the_stored_text() {
        for (int seed = 0; seed < 5; seed++) {
            var sent = running(seed);
            int first = 1_000 * seed;
            var readers = IntStream.range(first, first + 6).mapToObj(each -> CompletableFuture.supplyAsync(() -> read(sent, new Random(each)))).toList();
            var whole = readers.stream().map(CompletableFuture::join).toList();
            var message = client.message(sent);
            for (var follower : whole) {
                assertEquals(message.get("content").asText(), follower.content(), "seed " + seed);
                assertEquals(message.get("reasoning").asText(), follower.reasoning(), "seed " + seed);
                assertEquals(whole.getFirst().told(), follower.told(), "seed " + seed);
                assertEquals("complete", follower.status());
                assertTrue(follower.greetings().stream().skip(1).allMatch(resumed -> resumed), "every place was good");
            }
        }
    }

    /// A reply that is being written while it is read, of everything that is hard to carry.
    private Sent running(int seed) {
        var text = Nasty.text(new Random(seed), 400);
        Scenario pieces = wire -> {
            wire.stream();
            for (int at = 0; at < text.length(); at += 7) {
                wire.delta(at / 700 % 2 == 0 ? "reasoning_content" : "content", text.substring(at, Math.min(text.length(), at + 7)));
                Thread.sleep(5);
            }
            wire.finish("stop").done();
        };
        server.upstream().next(pieces);
        return client.ask("Go", "scripted");
    }

    private Follower read(Sent sent, Random random) {
        var follower = new Follower();
        while (!follower.done()) {
            switch (random.nextInt(3)) {
                case 0 -> stream(sent, follower, 1 + random.nextInt(600));
                case 1 -> socket(sent, follower, 1 + random.nextInt(5));
                default -> poll(sent, follower, random.nextInt(2));
            }
        }
        return follower;
    }

    private void stream(Sent sent, Follower follower, int bytes) {
        try (var reader = client.read(sent.sse() + after(follower, "?")).cutAfter(bytes)) {
            reader.rest().forEach(follower::take);
        }
    }

    private void socket(Sent sent, Follower follower, int messages) {
        try (var reader = SocketReader.open(server.url("/api/ws/" + sent.reply() + after(follower, "?")))) {
            for (int i = 0; i < messages; i++) {
                reader.next().map(TransportsTest::event).ifPresent(follower::take);
            }
        }
    }

    private void poll(Sent sent, Follower follower, int wait) {
        var answer = Client.json(client.get("/api/poll/" + sent.reply() + "?wait=" + wait + after(follower, "&")));
        answer.get("events").forEach(event -> follower.take(event(event)));
        assertTrue(answer.get("events").isEmpty() || follower.cursor().equals(answer.get("cursor").asText()), "the cursor is that of the last event");
    }

    private static String after(Follower follower, String mark) {
        return follower.cursor().isEmpty() ? "" : mark + "after=" + follower.cursor();
    }

    private static Event event(JsonNode event) {
        return new Event(event.get("id").asText(), event.get("event").asText(), event.get("data").toString());
    }

    private static Event event(String frame) {
        return event(Client.json(frame));
    }

    @Test
    void a_poll_greets_only_who_comes_without_a_good_cursor() {
        var sent = client.ask("Go", "text:3");
        var whole = client.whole(sent);
        var first = events(client.get("/api/poll/" + sent.reply()));
        assertEquals("start", first.getFirst().name());
        assertEquals("stop", first.getLast().name());
        assertEquals(List.of("stop"), events(client.get("/api/poll/" + sent.reply() + "?after=" + first.get(first.size() - 2).id())).stream().map(Event::name).toList());
        assertFalse(events(client.get("/api/poll/" + sent.reply() + "?after=nonsense")).getFirst().json().get("resumed").asBoolean());
        assertEquals(List.of(), events(client.get("/api/poll/" + sent.reply() + "?after=" + whole.cursor())));
    }

    @Test
    void a_poll_without_news_waits_as_long_as_it_was_told_and_one_with_news_answers_at_once() {
        var script = server.upstream().script();
        var sent = client.ask("Go", "scripted");
        var begun = Client.json(client.get("/api/poll/" + sent.reply()));
        long began = System.nanoTime();
        var path = "/api/poll/" + sent.reply() + "?after=" + begun.get("cursor").asText();
        assertEquals(List.of(), events(client.get(path + "&wait=1")));
        assertTrue(System.nanoTime() - began >= 1_000_000_000L);
        var waiting = CompletableFuture.supplyAsync(() -> events(client.get(path + "&wait=60")));
        script.send("news");
        assertEquals("news", waiting.join().getFirst().content());
        script.finish();
    }

    @Test
    void a_poll_that_asks_for_nonsense_is_refused() {
        var sent = client.ask("Go", "text:1");
        for (var wait : List.of("61", "-1", "x", "1e1", "99999999999")) {
            assertEquals(400, client.get("/api/poll/" + sent.reply() + "?wait=" + wait).statusCode(), wait);
        }
        assertEquals(404, client.get("/api/poll/nothing").statusCode());
    }

    @Test
    void a_socket_closes_in_good_order_behind_stop_and_says_nothing_to_who_has_everything() {
        var sent = client.ask("Go", "text:3");
        var whole = client.whole(sent);
        var all = new ArrayList<Event>();
        try (var reader = SocketReader.open(server.url("/api/ws/" + sent.reply()))) {
            for (var frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                all.add(event(frame.get()));
            }
            assertEquals(1_000, reader.closeStatus());
        }
        assertEquals("stop", all.getLast().name());
        try (var reader = SocketReader.open(server.url("/api/ws/" + sent.reply() + "?after=" + whole.cursor()))) {
            assertTrue(reader.next().isEmpty());
        }
    }

    private static List<Event> events(HttpResponse<String> answer) {
        var events = new ArrayList<Event>();
        Client.json(answer).get("events").forEach(event -> events.add(event(event)));
        return events;
    }

    @Test
    void a_socket_is_as_plain_as_a_stream_though_its_reader_offers_to_unpack() {
        var head = RawHttp.head(server.port(), "GET " + client.ask("hello", "text:3").sse().replace("/sse/", "/ws/") + " HTTP/1.1", "Host: localhost", "Connection: Upgrade",
                "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Extensions: permessage-deflate");
        assertTrue(head.startsWith("HTTP/1.1 101 "), head);
        assertFalse(head.toLowerCase(Locale.ROOT).contains("sec-websocket-extensions"), head);
    }
}
