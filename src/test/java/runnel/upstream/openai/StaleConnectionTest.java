package runnel.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import runnel.faults.Eventually;
import runnel.settings.ContinueBy;
import runnel.settings.Provider;
import runnel.upstream.Outcome;

/// No question is lost to a connection that its server has given up, and none is asked twice. Servers close what they keep at once
/// (llama-server) or after some seconds (uvicorn, Node), here after as many hundredths.
@Timeout(60)
class StaleConnectionTest {
    private static final int PROMPTS = 32;
    private static final TestAuthority AUTHORITY = new TestAuthority();

    record Server(boolean secure, int closesAfterMillis, boolean saysSo) {
        ScriptedUpstream open() {
            var server = secure ? new ScriptedUpstream(AUTHORITY.server("127.0.0.1")) : new ScriptedUpstream();
            return server.listing(wire -> {
                wire.json(200, "{\"data\":[{\"id\":\"m\"}]}");
                closeLater(wire);
            });
        }

        Scenario answer() {
            return wire -> {
                var close = saysSo ? new String[] {"Connection: close"} : new String[0];
                wire.head(200, Stream.concat(Stream.of("Content-Type: text/event-stream", "Transfer-Encoding: chunked"), Stream.of(close))
                        .toArray(String[]::new));
                wire.delta("a").finish("stop").done();
                closeLater(wire);
            };
        }

        private void closeLater(Wire wire) throws Exception {
            Thread.sleep(closesAfterMillis);
            wire.cut();
        }
    }

    private static Stream<Server> servers() {
        return IntStream.of(0, 10, 40, 50).boxed().flatMap(millis -> Stream.of(true, false).flatMap(secure ->
                Stream.of(true, false).map(saysSo -> new Server(secure, millis, saysSo))));
    }

    /// The servers one beside the other, since nearly all is waiting.
    private static void eachServer(Consumer<Server> each) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            servers().map(kind -> CompletableFuture.runAsync(() -> each.accept(kind), threads)).toList().forEach(CompletableFuture::join);
        }
    }

    @Test
    void every_question_is_answered_and_asked_once() {
        eachServer(StaleConnectionTest::askQuestions);
    }

    private static void askQuestions(Server kind) {
        try (var server = kind.open(); var upstream = new OpenAiUpstream(endpoint(server.baseUrl()))) {
            for (int i = 0; i < PROMPTS; i++) {
                server.next(kind.answer());
                var pieces = new Pieces();
                assertInstanceOf(Outcome.Complete.class, upstream.prepare(UpstreamTest.QUESTION).stream(pieces), kind + ", prompt " + i);
                assertEquals("a", pieces.content(), kind::toString);
                Eventually.sleep(pause(kind, i));
            }
            assertEquals(PROMPTS, server.questions().size(), kind::toString);
        }
    }

    @Test
    void every_list_of_models_comes() {
        eachServer(StaleConnectionTest::askForLists);
    }

    private static void askForLists(Server kind) {
        try (var server = kind.open(); var transport = new Transport(endpoint(server.baseUrl()), Transport.LISTING)) {
            for (int i = 0; i < PROMPTS; i++) {
                assertTrue(transport.get(endpoint(server.baseUrl()).at("models")).isSuccessful(), kind::toString);
                Eventually.sleep(pause(kind, i));
            }
            assertEquals(PROMPTS, server.asked().size(), kind::toString);
        } catch (Exception failed) {
            throw new AssertionError(kind.toString(), failed);
        }
    }

    /// About as long as the server keeps its connection, so that the two often cross.
    private static int pause(Server kind, int turn) {
        return turn % 4 == 0 ? 0 : ThreadLocalRandom.current().nextInt(Math.max(1, kind.closesAfterMillis() - 3), kind.closesAfterMillis() + 4);
    }

    @Test
    void over_http_2_all_questions_share_one_connection() throws Exception {
        try (var server = new MockWebServer()) {
            server.useHttps(AUTHORITY.server("127.0.0.1").getSocketFactory());
            for (int i = 0; i < PROMPTS; i++) {
                server.enqueue(new MockResponse.Builder().setHeader("Content-Type", "text/event-stream")
                        .body("data: " + Wire.chunk("{\"content\":\"a\"}", "\"stop\"") + "\n\ndata: [DONE]\n\n").build());
            }
            server.start();
            try (var upstream = new OpenAiUpstream(endpoint(URI.create("https://127.0.0.1:" + server.getPort() + "/v1")))) {
                for (int i = 0; i < PROMPTS; i++) {
                    assertInstanceOf(Outcome.Complete.class, upstream.prepare(UpstreamTest.QUESTION).stream(new Pieces()));
                    var request = server.takeRequest();
                    assertEquals("HTTP/2", request.getVersion());
                    assertEquals(List.of(0, i), List.of(request.getConnectionIndex(), request.getExchangeIndex()));
                }
            }
        }
    }

    private static Endpoint endpoint(URI base) {
        return new Endpoint(Provider.main(base, Optional.empty(), Optional.empty(), Provider.Offer.WHATEVER_IT_LISTS), Optional.empty(),
                new Endpoint.Waits(Duration.ofSeconds(20), Duration.ofSeconds(20)), ContinueBy.AUTO, AUTHORITY.trusting());
    }
}
