package runnel.web.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client;
import runnel.Client.Sent;
import runnel.Server;
import runnel.SseReader;
import runnel.upstream.openai.Script;

/// How many may read at once.
@Timeout(60)
class CapsTest {
    @TempDir
    Path data;
    Server server;
    Client client;
    Script script;
    Sent sent;
    final List<SseReader> readers = new ArrayList<>();

    @BeforeEach
    void start() {
        server = Server.start(data, "MAX_READERS_PER_REPLY", "3", "MAX_STREAMS", "5");
        client = server.client();
        script = server.upstream().script();
        sent = client.ask("A prompt", "scripted");
        script.awaitAsked();
    }

    @AfterEach
    void stop() {
        readers.forEach(SseReader::close);
        server.close();
    }

    private SseReader open(String path) {
        var reader = client.read(path);
        assertEquals(200, reader.status());
        readers.add(reader);
        return reader;
    }

    private static void refused(String code, HttpResponse<String> answer) {
        assertEquals(429, answer.statusCode());
        assertEquals("urn:runnel:" + code, Client.json(answer).get("type").asText());
        assertTrue(answer.headers().firstValue("retry-after").isPresent());
    }

    @Test
    void aReplyHasSoManyReadersAndNoMoreOnEveryTransport() {
        for (int i = 0; i < 3; i++) {
            open(sent.sse());
        }
        refused("too-many-readers", client.get(sent.sse()));
        refused("too-many-readers", client.get("/api/poll/" + sent.reply()));
        assertEquals(429, handshake("/api/ws/" + sent.reply()));
    }

    private int handshake(String path) {
        var address = URI.create("ws://127.0.0.1:" + server.port() + path);
        try (var http = HttpClient.newHttpClient()) {
            http.newWebSocketBuilder().buildAsync(address, new WebSocket.Listener() {}).join().abort();
            return 101;
        } catch (CompletionException refused) {
            return ((WebSocketHandshakeException) refused.getCause()).getResponse().statusCode();
        }
    }

    @Test
    void whoEndsWithTheReplyGivesTheirPlacesBack() {
        for (int i = 0; i < 3; i++) {
            open(sent.sse());
        }
        script.send("All of it").finish();
        readers.forEach(SseReader::rest);
        for (int i = 0; i < 3; i++) {
            assertEquals("All of it", client.whole(sent).content());
        }
    }

    @Test
    void thereAreSoManyStreamsAndNoMoreWhateverTheyRead() {
        for (int i = 0; i < 3; i++) {
            open("/api/events");
        }
        open(sent.sse());
        open(sent.sse());
        refused("too-many-streams", client.get(sent.sse()));
        refused("too-many-streams", client.get("/api/events"));
    }

    @Test
    void aSendThatWouldHaveToStreamToOneTooManyIsRefusedBeforeTheModelIsAsked() {
        for (int i = 0; i < 5; i++) {
            open("/api/events");
        }
        refused("too-many-streams", client.post("/api/chat", Client.object().put("prompt", "More").put("model", "text:3"), "Accept", "text/event-stream"));
        assertEquals(1, server.upstream().questions().size());
    }

    @Test
    void theSameSendAgainCannotStepAroundTheCap() {
        var body = Client.object().put("prompt", "More").put("model", "scripted").put("id", "b5a3d3a8-5f0f-4a5a-9d2c-0c8d7e0f1a11");
        server.upstream().script();
        Client.sent(client.post("/api/chat", body));
        for (int i = 0; i < 3; i++) {
            readers.add(client.reading(client.send("POST", "/api/chat", body.toString(), HttpResponse.BodyHandlers.ofInputStream(),
                    "Content-Type", "application/json", "Accept", "text/event-stream")));
        }
        refused("too-many-readers", client.post("/api/chat", body, "Accept", "text/event-stream"));
    }

    @Test
    void whoComesAtTheSameMomentTakesNoMoreThanThereAre() {
        var all = open(40, _ -> "/api/events");
        assertEquals(5, all.stream().filter(status -> status == 200).count(), all.toString());
        assertEquals(35, all.stream().filter(status -> status == 429).count(), all.toString());
        readers.forEach(SseReader::close);
    }

    @Test
    void norDoTheReadersOfAReply() {
        var all = open(40, _ -> sent.sse());
        assertEquals(3, all.stream().filter(status -> status == 200).count(), all.toString());
        assertEquals(37, all.stream().filter(status -> status == 429).count(), all.toString());
        script.send("All of it").finish();
        readers.stream().filter(reader -> reader.status() == 200).forEach(SseReader::rest);
        assertEquals("All of it", client.whole(sent).content(), "what was refused has kept no permit");
    }

    private List<Integer> open(int many, IntFunction<String> path) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var opened = IntStream.range(0, many).mapToObj(each -> threads.submit(() -> client.read(path.apply(each)))).toList();
            for (var each : opened) {
                readers.add(each.get());
            }
        } catch (InterruptedException | ExecutionException failed) {
            throw new AssertionError(failed);
        }
        return readers.stream().map(SseReader::status).toList();
    }
}
