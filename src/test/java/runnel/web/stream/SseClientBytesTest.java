package runnel.web.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.javalin.Javalin;
import java.net.URI;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.Nasty;
import runnel.SseReader.Event;
import runnel.upstream.openai.Scenarios;
import runnel.web.WebTest;

/// Frames are encoded by hand, once for all readers of a place. They are what Javalin's own client would write.
class SseClientBytesTest extends WebTest {
    private record Heard(List<Event> events, String raw) {}

    private static Heard heard(Client client, String path) {
        try (var reader = client.read(path, "Accept", "text/event-stream")) {
            assertTrue(reader.header("Content-Type").equalsIgnoreCase("text/event-stream;charset=utf-8"), reader.header("Content-Type"));
            var events = reader.rest();
            return new Heard(events, reader.raw());
        }
    }

    private static Heard byJavalin(List<Event> events) {
        var plain = Javalin.create(config -> config.routes.sse("/", client -> {
            events.forEach(event -> client.sendEvent(event.name(), event.data(), event.id()));
            client.close();
        })).start("127.0.0.1", 0);
        try {
            return heard(new Client(path -> URI.create("http://127.0.0.1:" + plain.port() + path)), "/");
        } finally {
            plain.stop();
        }
    }

    @Test
    void a_replys_events_are_the_bytes_that_a_plain_client_would_write() {
        var text = Nasty.text(new Random(3), 300);
        model.next(Scenarios.deltas(Nasty.pieces(new Random(4), text, 10).toArray(String[]::new)));
        var ours = heard(client, client.ask("hello", "m").sse());
        assertEquals(byJavalin(ours.events).raw, ours.raw.replaceFirst("retry: \\d+\n", ""));
    }

    @Test
    void so_are_those_of_the_notifications() {
        try (var reader = client.read("/api/events")) {
            var first = reader.next().orElseThrow();
            client.post("/api/announcements", Client.object().put("text", "a \"b\" \\ ü€😀"));
            var events = List.of(first, reader.next().orElseThrow());
            assertEquals(byJavalin(events).raw, reader.raw().replaceFirst("retry: \\d+\n", ""));
        }
    }
}
