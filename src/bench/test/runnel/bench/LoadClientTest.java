package runnel.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The bench's client in front of a server that says whatever a test lets it say.
class LoadClientTest {
    private static final String GOOD_END = "event: stop\nid: c\ndata: {\"status\":\"complete\"}\n\n";

    private static String tokens(int... numbers) {
        return IntStream.of(numbers)
                .mapToObj(number -> "id: c\nevent: message\ndata: {\"content\":\"[" + number + "@" + Stamp.now() + "]\"}\n\n")
                .collect(Collectors.joining());
    }

    /// What a reader of three tokens finds in this stream.
    private static Tally read(String stream) throws Exception {
        return read(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: " + stream.length() + "\r\n\r\n");
    }

    private static Tally read(String stream, String head) throws Exception {
        try (var door = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
            for (int connection = 0; connection < 2; connection++) {
                Thread.ofVirtual().start(() -> serve(door, head + stream));
            }
            var tally = new Tally();
            var url = URI.create("http://127.0.0.1:" + door.getLocalPort());
            new LoadClient(Target.runnel(url), Load.of(Script.of(3, 50), 1, 1), tally).run();
            return tally;
        }
    }

    /// The client may use one connection or two.
    private static void serve(ServerSocket door, String answer) {
        for (boolean read = false; !read;) {
            try (var socket = door.accept(); OutputStream out = socket.getOutputStream()) {
                read = answered(socket.getInputStream(), out, answer);
            } catch (IOException gone) {
                return;
            }
        }
    }

    /// @return whether the stream was read from this connection
    private static boolean answered(InputStream in, OutputStream out, String answer) throws IOException {
        var bytes = new byte[10_000];
        for (int length = in.read(bytes); length > 0; length = in.read(bytes)) {
            var request = new String(bytes, 0, length, US_ASCII);
            if (request.contains("GET ")) {
                for (byte each : answer.getBytes(US_ASCII)) {
                    out.write(each); // in pieces as small as can be
                }
                return true;
            }
            if (request.endsWith("}")) { // the prompt is whole; its body may come apart from its head
                out.write("HTTP/1.1 201 Created\r\nLocation: /api/sse/r\r\nContent-Length: 2\r\n\r\n{}".getBytes(US_ASCII));
            }
        }
        return false;
    }

    private static void assertFound(int tokens, int lost, int doubled, int failed, Tally found) {
        assertEquals("tokens %d, lost %d, doubled %d, failed %d".formatted(tokens, lost, doubled, failed), "tokens %d, lost %d, doubled %d, failed %d"
                .formatted(found.tokens.sum(), found.lost.sum(), found.doubled.sum(), found.failed.sum()));
    }

    @Test
    void a_whole_stream_is_well() throws Exception {
        assertFound(3, 0, 0, 0, read(tokens(0, 1, 2) + GOOD_END));
    }

    @Test
    void a_token_that_does_not_come_is_lost() throws Exception {
        assertFound(2, 1, 0, 0, read(tokens(0, 2) + GOOD_END));
    }

    @Test
    void tokens_that_do_not_come_at_the_end_are_lost() throws Exception {
        assertFound(1, 2, 0, 0, read(tokens(0) + GOOD_END));
    }

    @Test
    void a_token_that_comes_again_is_doubled() throws Exception {
        assertFound(3, 0, 1, 0, read(tokens(0, 1, 1, 2) + GOOD_END));
    }

    @Test
    void a_token_that_comes_late_is_not_in_order() throws Exception {
        assertFound(2, 1, 1, 0, read(tokens(0, 2, 1) + GOOD_END));
    }

    @Test
    void several_tokens_in_one_event_all_count() throws Exception {
        assertFound(3, 0, 0, 0, read("event: message\ndata: {\"content\":\"[0@1][1@2] [2@3]\"}\n\n" + GOOD_END));
    }

    @Test
    void a_stream_without_its_end_has_failed() throws Exception {
        assertFound(3, 0, 0, 1, read(tokens(0, 1, 2)));
    }

    @Test
    void a_stream_that_ends_badly_has_failed() throws Exception {
        assertFound(3, 0, 0, 1, read(tokens(0, 1, 2) + GOOD_END.replace("complete", "failed")));
    }

    @Test
    void a_connection_that_breaks_is_told() throws Exception {
        var found = read("", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
        assertFound(0, 3, 0, 1, found);
        assertTrue(found.complaint().orElseThrow().startsWith("A connection broke: "), found.complaint().toString());
    }

    @Test
    void a_refusal_is_told() throws Exception {
        var found = read("", "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n");
        assertFound(0, 3, 0, 1, found);
        assertEquals("A request was answered with 429.", found.complaint().orElseThrow());
    }

    @Test
    void a_chunked_stream_is_read_without_its_framing() throws Exception {
        var stream = tokens(0, 1, 2) + GOOD_END;
        var cut = stream.indexOf('@') + 2; // in the middle of a stamp
        var chunks = "%x\r\n%s\r\n%X;extension\r\n%s\r\n0\r\nTrailer: yes\r\n\r\n".formatted(cut, stream.substring(0, cut), stream.length() - cut, stream.substring(cut));
        assertFound(3, 0, 0, 0, read(chunks, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
    }
}
