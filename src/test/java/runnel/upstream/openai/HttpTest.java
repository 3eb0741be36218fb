package runnel.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import runnel.chat.Role;
import runnel.chat.Turn;
import runnel.faults.Eventually;
import runnel.upstream.Outcome;
import runnel.upstream.Question;

/// What HTTP/1.1 (RFC 9112) allows a server to do, and what becomes of connections that are kept.
@Timeout(30)
class HttpTest extends UpstreamTest {
    private static final Outcome STOP = new Outcome.Complete("stop", Optional.empty());

    @Test
    void early_hints_are_no_answer() {
        var answer = ask(wire -> wire.head(103, "Link: </style.css>").head(103).stream().delta("a").finish("stop").done());

        assertEquals("a", answer.content());
        assertEquals(STOP, answer.outcome());
    }

    @RepeatedTest(20) // what comes with the end of the connection comes in one piece or in two
    void an_answer_may_end_with_its_connection() {
        var answer = ask(wire -> wire.head(200, "Content-Type: text/event-stream")
                .raw("data: " + Wire.chunk("{\"content\":\"a\"}", "\"stop\"") + "\n\n").cut());

        assertEquals("a", answer.content());
        assertEquals(STOP, answer.outcome());
        assertEquals("word0 ", ask(Scenarios.text(1)).content());
    }

    @Test
    void a_server_of_http_1_0_is_understood_and_its_connection_is_not_used_again() {
        Scenario old = wire -> {
            wire.raw("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n"
                    + "{\"choices\":[{\"message\":{\"content\":\"all\"}}]}").cut();
        };

        assertEquals("all", ask(old).content());
        assertEquals("all", ask(old).content());
        assertEquals(2, server.connections());
    }

    @Test
    void a_server_that_says_close_is_asked_by_a_new_connection() {
        Scenario closing = wire -> {
            wire.head(200, "Content-Type: text/event-stream", "Transfer-Encoding: chunked", "Connection: close");
            wire.delta("a").finish("stop").done();
        };
        ask(closing);
        ask(closing);

        assertEquals(2, server.connections());
    }

    @Test
    void a_connection_that_its_server_closed_while_nobody_used_it_is_not_used() {
        for (int i = 0; i < 20; i++) {
            assertEquals("a", ask(wire -> {
                wire.stream().delta("a").finish("stop").done();
                wire.cut();
            }).content());
            Eventually.sleep(20);
        }
        assertEquals(20, server.connections());
    }

    @Test
    void an_answer_behind_the_answer_is_not_taken_for_the_next_one() {
        ask(wire -> {
            wire.stream().delta("a").finish("stop").done();
            Thread.sleep(100);
            wire.json(500, Scenarios.error("out of step", "", ""));
        });
        Eventually.sleep(300);

        assertEquals("word0 ", ask(Scenarios.text(1)).content());
        assertEquals(2, server.connections());
    }

    @Test
    void two_answers_in_one_piece_are_not_both_taken() {
        var first = ask(wire -> wire.raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 43\r\n\r\n"
                + "{\"choices\":[{\"message\":{\"content\":\"one\"}}]}"
                + "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"));

        assertEquals("one", first.content());
        assertEquals("word0 ", ask(Scenarios.text(1)).content());
        assertEquals(2, server.connections());
    }

    @Test
    void a_long_chat_is_sent_whole_to_a_server_that_reads_slowly() throws Exception {
        String words = "naïve 漢😀 ".repeat(700_000);
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()); var upstream = new OpenAiUpstream(at(listener))) {
            var heard = new CompletableFuture<Integer>();
            Thread.startVirtualThread(() -> heard.complete(readSlowly(listener)));
            upstream.prepare(saying(words)).stream(new Pieces());

            assertTrue(heard.get() > words.getBytes(StandardCharsets.UTF_8).length);
        }
    }

    /// @return how long the body was, and was said to be
    private static int readSlowly(ServerSocket listener) {
        try (Socket socket = listener.accept()) {
            Thread.sleep(300);
            var in = socket.getInputStream();
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            int length = Integer.parseInt(head.toString().replaceAll("(?is).*content-length: (\\d+).*", "$1"));
            return in.readNBytes(length).length;
        } catch (IOException | InterruptedException e) {
            return -1;
        }
    }

    @Test
    void a_server_that_refuses_a_chat_before_it_has_read_it_is_heard() throws Exception {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()); var upstream = new OpenAiUpstream(at(listener))) {
            var far = new CompletableFuture<Socket>();
            Thread.startVirtualThread(() -> {
                try {
                    Socket socket = listener.accept();
                    socket.getInputStream().read();
                    socket.getOutputStream().write("HTTP/1.1 413 No\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    socket.close();
                    far.complete(socket);
                } catch (IOException e) {
                    far.completeExceptionally(e);
                }
            });
            var outcome = upstream.prepare(saying("x".repeat(8 << 20))).stream(new Pieces());

            assertEquals(UpstreamProblems.CONTEXT_EXCEEDED, ((Outcome.Failed) outcome).problem());
            far.get().close();
        }
    }

    @Test
    void where_a_name_has_several_addresses_the_one_that_answers_is_found() {
        var base = URI.create(server.baseUrl().toString().replace("127.0.0.1", "localhost")); // ::1 too, where nobody listens
        try (var upstream = new OpenAiUpstream(new Endpoint(base, Optional.empty(), Optional.empty(), Optional.empty(), Duration.ofSeconds(9)))) {
            server.next(Scenarios.text(1));
            assertEquals(Outcome.Complete.class, upstream.prepare(QUESTION).stream(new Pieces()).getClass());
        }
    }

    private static Endpoint at(ServerSocket listener) {
        var address = (InetSocketAddress) listener.getLocalSocketAddress();
        return new Endpoint(URI.create("http://127.0.0.1:" + address.getPort() + "/v1"), Optional.empty(), Optional.empty(),
                Optional.empty(), Duration.ofSeconds(20));
    }

    private static Question saying(String words) {
        return new Question("m", List.of(new Turn(Role.USER, words)), Optional.empty(), Optional.empty());
    }
}
