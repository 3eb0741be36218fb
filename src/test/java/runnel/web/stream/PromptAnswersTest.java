package runnel.web.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.Client;
import runnel.Follower;
import runnel.SseReader;
import runnel.faults.Nginx;
import runnel.upstream.openai.Script;
import runnel.web.WebTest;

/// A prompt whose answer is its reply, as events or as bare text.
@Timeout(60)
class PromptAnswersTest extends WebTest {
    private static ObjectNode prompt() {
        return Client.object().put("prompt", "hello").put("model", "m");
    }

    private SseReader post(ObjectNode body, String... headers) {
        var all = Arrays.copyOf(headers, headers.length + 4);
        System.arraycopy(new String[] {"Content-Type", "application/json", "Accept", "text/event-stream"}, 0, all, headers.length, 4);
        return client.reading(client.send("POST", "/api/chat", body.toString(), BodyHandlers.ofInputStream(), all));
    }

    /// As clients do that read events by fetch and repeat their request after a cut.
    @Test
    void the_same_prompt_again_goes_on_behind_the_last_event() {
        var script = model.script();
        var body = prompt().put("id", UUID.randomUUID().toString());
        var follower = new Follower();
        try (var reader = post(body)) {
            follower.take(reader.next().orElseThrow());
            script.send("one ");
            follower.take(reader.next().orElseThrow());
        }
        script.send("two");
        script.finish();
        try (var again = post(body, "Last-Event-ID", follower.cursor())) {
            follower.readAll(again);
        }
        assertEquals("one two", follower.content());
        assertTrue(follower.greetings().getLast(), "it was resumed");
        assertEquals(204, post(body, "Last-Event-ID", follower.cursor()).status());
        try (var whole = post(body, "Last-Event-ID", "nonsense")) {
            assertEquals("one two", new Follower().readAll(whole).content());
        }
        assertEquals(1, model.questions().size());
    }

    private static void end(Script script, Client client, String how, String reply) {
        switch (how) {
            case "whole" -> script.finish();
            case "failed" -> script.cut();
            default -> client.post("/api/replies/" + reply + "/stop", Client.object());
        }
    }

    /// The body of an answer that ends with its connection; a reset throws.
    private static String rest(InputStream in, CompletableFuture<String> begun) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int next; (next = in.read()) >= 0; ) {
            bytes.write(next);
            var text = bytes.toString(StandardCharsets.UTF_8);
            if (text.endsWith("half")) {
                begun.complete(text.replaceAll("(?s).*?/api/sse/(\\S+).*", "$1"));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({"whole, HTTP/1.0", "failed, HTTP/1.0", "stopped, HTTP/1.0", "whole, HTTP/1.1", "failed, HTTP/1.1", "stopped, HTTP/1.1"})
    void bare_text_that_ends_with_its_connection_ends_by_a_reset_unless_it_is_whole(String how, String version) throws Exception {
        var script = model.script();
        var begun = new CompletableFuture<String>();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            var body = prompt().toString();
            socket.getOutputStream().write(("POST /api/chat " + version + "\r\nHost: localhost\r\nConnection: close\r\nAccept: text/plain\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
            var said = Thread.startVirtualThread(() -> script.send("half"));
            var answer = CompletableFuture.supplyAsync(() -> {
                try {
                    return rest(socket.getInputStream(), begun);
                } catch (IOException reset) {
                    throw new UncheckedIOException(reset);
                }
            });
            begun.orTimeout(10, TimeUnit.SECONDS).exceptionally(_ -> "").join();
            said.join();
            end(script, client, how, begun.join());
            if (how.equals("whole")) {
                assertTrue(answer.join().contains("half"));
            } else {
                assertThrows(CompletionException.class, answer::join);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"whole", "failed", "stopped"})
    void nor_does_a_proxy_that_speaks_http_1_0_take_the_half_for_the_whole(String how, @TempDir Path folder) throws Exception {
        var script = model.script();
        try (var nginx = Nginx.before(server.url(""), Nginx.BUFFERING.replace("proxy_buffering on", "proxy_buffering off"), folder)) {
            var through = new Client(nginx.site()::resolve);
            var said = Thread.startVirtualThread(() -> script.send("half"));
            var answer = through.send("POST", "/api/chat", prompt().toString(), BodyHandlers.ofInputStream(),
                    "Content-Type", "application/json", "Accept", "text/plain");
            said.join();
            assertEquals("half", new String(answer.body().readNBytes(4), StandardCharsets.UTF_8));
            end(script, client, how, answer.headers().firstValue("Location").orElseThrow().replace("/api/sse/", ""));
            if (how.equals("whole")) {
                assertEquals(-1, answer.body().read());
            } else {
                assertThrows(IOException.class, answer.body()::readAllBytes);
            }
        }
    }
}
