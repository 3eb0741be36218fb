package runnel.web.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import runnel.web.WebTest;

/// The known patterns that doctors and the page about the wire read.
class StreamProbeTest extends WebTest {
    @Override
    protected String[] settings() {
        return new String[] {"AUTH", "accounts"};
    }

    @Test
    void beats_come_in_their_gaps_and_say_when_they_left_and_need_no_account() {
        try (var reader = client.read("/api/inspect/beat?count=4&gap=100", "Accept", "text/event-stream")) {
            assertEquals("no", reader.header("X-Accel-Buffering"));
            assertEquals("no-store, no-transform", reader.header("Cache-Control"));
            long began = System.nanoTime();
            var beats = reader.rest();
            long millis = (System.nanoTime() - began) / 1_000_000;
            assertEquals(List.of("0", "1", "2", "3"), beats.stream().map(beat -> beat.id()).toList());
            assertTrue(millis >= 200 && beats.getLast().json().get("ms").asInt() >= 300, millis + " " + beats.getLast());
        }
    }

    @Test
    void nobody_gets_more_beats_or_longer_gaps_than_a_look_needs() {
        try (var reader = client.read("/api/inspect/beat?count=1000000&gap=1", "Accept", "text/event-stream")) {
            assertEquals(20, reader.rest().size());
        }
        try (var reader = client.read("/api/inspect/beat?count=2&gap=86400000", "Accept", "text/event-stream")) {
            assertEquals(2, reader.rest().size());
        }
        try (var reader = client.read("/api/inspect/beat?count=-5&gap=x", "Accept", "text/event-stream")) {
            assertEquals(8, reader.rest().size());
        }
    }

    @Test
    void only_a_few_look_at_once_and_the_others_are_told_to_come_back() {
        var answers = IntStream.range(0, 12).mapToObj(_ -> CompletableFuture.supplyAsync(() -> client.get("/api/inspect/wait?seconds=2"))).toList();
        var statuses = answers.stream().map(answer -> answer.join().statusCode()).toList();
        assertEquals(8, statuses.stream().filter(status -> status == 200).count(), statuses.toString());
        assertEquals(4, statuses.stream().filter(status -> status == 429).count(), statuses.toString());
        assertEquals(200, client.get("/api/inspect/wait?seconds=1").statusCode());
    }

    @Test
    void beats_come_through_a_socket_too_and_it_closes_behind_the_last() {
        assertEquals(3, socket("/api/inspect/socket?count=3&gap=20", "127.0.0.1").size());
    }

    @Test
    void a_socket_for_a_page_of_another_site_is_refused() {
        try {
            socket("/api/inspect/socket", "evil.example");
        } catch (CompletionException failed) {
            assertEquals(403, ((WebSocketHandshakeException) failed.getCause()).getResponse().statusCode());
            return;
        }
        throw new AssertionError("It was let in");
    }

    @Test
    void the_page_about_the_wire_is_a_document_of_its_own_under_the_same_policy_but_without_a_worker() {
        var page = client.get("/inspect");
        assertEquals(200, page.statusCode());
        assertEquals(1, client.named("/inspect", "<script type=\"module\" src=\"(/[^\"]*/main[^\"]*\\.js)\"").size());
        var policy = client.get("/").headers().firstValue("Content-Security-Policy").orElseThrow();
        assertTrue(policy.endsWith("trusted-types worker"));
        assertEquals(policy.replace("worker", "'none'"), page.headers().firstValue("Content-Security-Policy").orElse(""));
    }

    private List<String> socket(String path, String origin) {
        var messages = new ArrayList<String>();
        var closed = new CompletableFuture<Void>();
        var listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                messages.add(text.toString());
                socket.request(1);
                return null;
            }

            @Override
            public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
                closed.complete(null);
                return null;
            }
        };
        try (var http = HttpClient.newHttpClient()) {
            var address = URI.create(server.url(path).toString().replaceFirst("^http", "ws"));
            http.newWebSocketBuilder().header("Origin", "http://" + origin + ":" + server.port()).buildAsync(address, listener).join();
            closed.join();
            return messages;
        }
    }
}
