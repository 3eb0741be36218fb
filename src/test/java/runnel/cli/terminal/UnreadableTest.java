package runnel.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import runnel.Server;
import runnel.cli.CommandLines;
import runnel.cli.terminal.TalkCommands.Surroundings;
import runnel.settings.StartupFailure;
import runnel.upstream.openai.ScriptedUpstream;
import runnel.upstream.openai.TestAuthority;

/// `ask` and `attach` where waiting does not help: each says why, and fails at once.
@Timeout(60)
class UnreadableTest {
    @TempDir
    Path temp;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(URI server, OutputStream to, String... args) {
        var surroundings = new Surroundings(Map.of("XDG_STATE_HOME", temp.toString()), name -> Optional.of(server.toString())
                .filter(_ -> name.equals("RUNNEL_SERVER")), _ -> Optional.empty(), _ -> {
            throw StartupFailure.because("not here");
        });
        return CommandLines.execute(new TalkCommands(surroundings, () -> new Screen(to, err, Optional.empty(), false, false, false)).all(), err, args);
    }

    private void assertSaid(String sentence) {
        assertTrue(err.toString(StandardCharsets.UTF_8).contains(sentence), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void a_page_that_a_network_puts_before_the_server_is_no_reply() throws IOException {
        var hotel = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hotel.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, 7);
            try (var body = exchange.getResponseBody()) {
                body.write("Welcome".getBytes(StandardCharsets.US_ASCII));
            }
        });
        hotel.start();
        try {
            var address = URI.create("http://127.0.0.1:" + hotel.getAddress().getPort());
            for (var args : new String[][] {{"ask", "hi"}, {"attach", "01234"}}) {
                err.reset();
                assertEquals(1, run(address, OutputStream.nullOutputStream(), args));
                assertSaid("What answers there is not Runnel.");
            }
        } finally {
            hotel.stop(0);
        }
    }

    @Test
    void a_certificate_that_is_not_trusted_is_not_tried_again() throws Exception {
        try (var model = new ScriptedUpstream(new TestAuthority().server("127.0.0.1"))) {
            for (var args : new String[][] {{"ask", "hi"}, {"attach", "01234"}}) {
                err.reset();
                assertEquals(1, run(model.baseUrl(), OutputStream.nullOutputStream(), args));
                assertSaid("The certificate of 127.0.0.1 is not trusted");
            }
        }
    }

    @Test
    void a_disk_that_is_full_is_a_failure() {
        try (var server = Server.start(temp.resolve("data"))) {
            var full = new OutputStream() {
                @Override
                public void write(int one) throws IOException {
                    throw new IOException("No space left on device");
                }
            };
            assertEquals(1, run(server.url(""), full, "ask", "-m", "text:3", "hi"));
            assertSaid("Standard output cannot be written: No space left on device.");
        }
    }
}
