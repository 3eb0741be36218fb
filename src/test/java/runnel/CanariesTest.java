package runnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import runnel.faults.Eventually;
import runnel.faults.SocketReader;

/// What looks for secrets finds them, on whatever way they come out and whoever reads them.
class CanariesTest {
    private static final String SECRET = "a needle in the haystack";
    private static final List<String> PIECES = List.of("So: a needle ", "in the", " haystack!");

    @TempDir
    Path data;

    /// @param says whatever makes a server say what was planted
    private record Way(String name, String planted, Consumer<Server> says) {}

    private static void ask(Server server) {
        server.client().whole(told(server, SECRET));
    }

    private static Client.Sent told(Server server, String text) {
        server.upstream().next(wire -> wire.stream().delta(text).finish("stop").done());
        return server.client().ask("hello", "x");
    }

    private static void readSocket(Server server) {
        try (var reader = SocketReader.open(server.url(told(server, SECRET).sse().replace("/sse/", "/ws/")))) {
            while (reader.next().isPresent()) {
                // until all has come
            }
        }
    }

    /// As bare text, where nothing but the framing of chunks stands between two pieces.
    private static void readPieces(Server server) {
        server.upstream().next(wire -> {
            wire.stream();
            for (var piece : PIECES) {
                wire.delta(piece);
                Eventually.sleep(100);
            }
            wire.finish("stop").done();
        });
        var answer = server.client().post("/api/chat", Client.object().put("prompt", "hello").put("model", "x"), "Accept", "text/plain");
        assertTrue(answer.body().contains(SECRET), answer.body());
    }

    @TestFactory
    Stream<DynamicTest> a_secret_is_found() {
        return Stream.of(new Way("in events", SECRET, CanariesTest::ask),
                new Way("in the frames of a socket", SECRET, CanariesTest::readSocket),
                new Way("cut in two by chunks", SECRET, CanariesTest::readPieces),
                new Way("in a whole answer", "{\"status\":\"ok\"}", server -> server.client().get("/health")),
                new Way("in a header", "camera=()", server -> server.client().get("/health")),
                new Way("in an error", "urn:runnel:not-found", server -> server.client().get("/api/nothing")),
                new Way("in what Jetty refuses", "urn:runnel:malformed", server -> RawHttp.sendBytes(server.port(), "nonsense\r\n\r\n")))
                .map(way -> DynamicTest.dynamicTest(way.name, () -> found(way)));
    }

    private void found(Way way) {
        var server = Server.start(data);
        server.canaries().plant(way.planted);
        way.says.accept(server);
        assertTrue(server.canaries().leaks().stream().anyMatch(leak -> leak.startsWith("what was planted is in what a connection carried")), "not found");
        assertThrows(AssertionError.class, server::close);
    }

    @Test
    void a_session_and_a_token_may_be_given_but_not_be_said_again() {
        var server = Server.start(data, "AUTH", "accounts");
        var ada = Person.registered(server, "ada@example.org");
        var token = ada.token();
        assertEquals(List.of(), server.canaries().leaks());
        var session = ada.cookie().substring(ada.cookie().indexOf('=') + 1);
        server.upstream().next(wire -> wire.stream().delta(session).finish("stop").done(), wire -> wire.stream().delta(token).finish("stop").done());
        for (var _ : List.of("session", "token")) {
            try (var reader = ada.read(ada.ask("hello", "x"))) {
                reader.rest();
            }
        }
        for (var what : List.of("a session", "a token")) {
            assertTrue(server.canaries().leaks().stream().anyMatch(leak -> leak.startsWith(what + " is in what a connection carried")), what);
        }
        assertThrows(AssertionError.class, server::close);
    }
}
