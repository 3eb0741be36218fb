package runnel.web.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.Client;
import runnel.SseReader.Event;
import runnel.faults.Eventually;
import runnel.faults.SocketReader;
import runnel.web.WebTest;

/// The notifications by server-sent events, WebSocket and long polling: three encoders of one read, as it is for replies.
@Timeout(60)
class NotificationsTransportsTest extends WebTest {
    private static final int TOLD = 60;

    @Override
    protected String[] settings() {
        return new String[] {"HEARTBEAT", "1"};
    }

    /// One who reads until everything was told, now by this, now by that.
    private final class Reader {
        private final List<String> heard = new ArrayList<>();
        private String cursor;

        Reader(String cursor) {
            this.cursor = cursor;
        }

        List<String> readAll(Random random) {
            while (heard.size() < TOLD) {
                switch (random.nextInt(3)) {
                    case 0 -> stream(1 + random.nextInt(500));
                    case 1 -> socket(1 + random.nextInt(5));
                    default -> polled(client.get("/api/events/poll?wait=1&after=" + cursor)).forEach(this::take);
                }
            }
            return heard;
        }

        private void stream(int bytes) {
            try (var reader = client.read("/api/events?after=" + cursor).cutAfter(bytes)) {
                boolean open = true;
                while (open && heard.size() < TOLD) {
                    var event = reader.next();
                    event.ifPresent(this::take);
                    open = event.isPresent();
                }
            }
        }

        private void socket(int frames) {
            try (var reader = SocketReader.open(server.url("/api/events/ws?after=" + cursor))) {
                for (int i = 0; i < frames && heard.size() < TOLD; i++) {
                    take(event(Client.json(reader.next().orElseThrow())));
                }
            }
        }

        private void take(Event event) {
            assertEquals("notification", event.name());
            assertEquals("announcement", event.json().get("kind").asText(), event + " behind " + cursor);
            heard.add(event.json().get("text").asText());
            cursor = event.id();
        }
    }

    private static Event event(JsonNode event) {
        return new Event(event.get("id").asText(), event.get("event").asText(), event.get("data").toString());
    }

    private static List<Event> polled(HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer.body());
        var events = new ArrayList<Event>();
        Client.json(answer).get("events").forEach(event -> events.add(event(event)));
        return events;
    }

    private void announce(String text) {
        assertEquals(201, client.post("/api/announcements", Client.object().put("text", text)).statusCode());
    }

    @Test
    void readers_that_change_between_the_transports_at_random_all_hear_everything_once_and_in_order() {
        var begun = Client.json(client.get("/api/events/poll"));
        assertEquals("resync", begun.get("events").get(0).get("data").get("kind").asText());
        var cursor = begun.get("cursor").asText();
        var readers = IntStream.range(0, 4).mapToObj(seed -> CompletableFuture.supplyAsync(() -> new Reader(cursor).readAll(new Random(seed)))).toList();
        var told = IntStream.range(0, TOLD).mapToObj(each -> "No. " + each).toList();
        told.forEach(this::announce);
        readers.forEach(reader -> assertEquals(told, reader.join()));
    }

    @Test
    void a_poll_without_news_waits_as_long_as_it_was_told_and_one_with_news_answers_at_once() {
        var path = "/api/events/poll?after=" + Client.json(client.get("/api/events/poll")).get("cursor").asText();
        long began = System.nanoTime();
        var empty = client.get(path + "&wait=1");
        assertTrue(System.nanoTime() - began >= 1_000_000_000L);
        assertEquals(List.of(), polled(empty));
        assertTrue(path.endsWith(Client.json(empty).get("cursor").asText()), "the place is still the same");
        var waiting = CompletableFuture.supplyAsync(() -> polled(client.get(path + "&wait=60")));
        announce("news");
        assertEquals("news", waiting.join().getFirst().json().get("text").asText());
        assertEquals(400, client.get(path + "&wait=61").statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?after=1.1", "?after=nonsense"})
    void a_socket_without_a_good_cursor_is_told_to_read_everything_afresh(String cursor) {
        try (var reader = SocketReader.open(server.url("/api/events/ws" + cursor))) {
            assertEquals("resync", Client.json(reader.next().orElseThrow()).get("data").get("kind").asText());
        }
    }

    @Test
    void a_socket_counts_as_a_stream_for_as_long_as_it_is_open() {
        server.set("MAX_STREAMS", "8").restart();
        var readers = IntStream.range(0, 8).mapToObj(_ -> SocketReader.open(server.url("/api/events/ws"))).toList();
        readers.forEach(reader -> assertTrue(reader.next().isPresent()));
        assertEquals(429, client.get("/api/events/poll").statusCode());
        readers.forEach(SocketReader::close);
        Eventually.holds(() -> client.get("/api/events/poll").statusCode() == 200);
    }

    @Test
    void a_server_that_stops_closes_sockets_and_answers_polls() {
        var cursor = Client.json(client.get("/api/events/poll")).get("cursor").asText();
        var waiting = CompletableFuture.supplyAsync(() -> polled(client.get("/api/events/poll?wait=60&after=" + cursor)));
        try (var reader = SocketReader.open(server.url("/api/events/ws?after=" + cursor))) {
            Eventually.holds(() -> server.web().readers() == 2);
            server.restart();
            assertTrue(reader.next().isEmpty());
            assertEquals(1_000, reader.closeStatus());
            assertEquals(List.of(), waiting.join());
        }
    }
}
