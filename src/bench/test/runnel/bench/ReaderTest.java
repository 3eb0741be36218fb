package runnel.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The bench's client in front of a server that says whatever a test lets it say.
class ReaderTest {
    private static final String GOOD_END = "event: stop\nid: c\ndata: {\"status\":\"complete\"}\n\n";

    private static String tokens(int... numbers) {
        return IntStream.of(numbers)
                .mapToObj(number -> "id: c\nevent: message\ndata: {\"content\":\"[" + number + "@" + Stamp.now() + "]\"}\n\n")
                .collect(Collectors.joining());
    }

    /// What a reader of three tokens finds in this stream.
    private static Tally read(String stream) throws IOException {
        return read(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: " + stream.length() + "\r\n\r\n");
    }

    private static Tally read(String stream, String head) throws IOException {
        try (var door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> serve(door, head + stream));
            var tally = new Tally();
            var address = new InetSocketAddress(door.getInetAddress(), door.getLocalPort());
            new Asker(new Target.Runnel(address, ""), Load.of(Script.of(3, 50), 1, 1), tally).run();
            return tally;
        }
    }

    private static void serve(ServerSocket door, String answer) {
        try (var socket = door.accept(); OutputStream out = socket.getOutputStream()) {
            var in = socket.getInputStream();
            in.read(new byte[10_000]);
            out.write("HTTP/1.1 201 Created\r\nLocation: /api/sse/r\r\nContent-Length: 2\r\n\r\n{}".getBytes(US_ASCII));
            in.read(new byte[10_000]);
            for (byte each : answer.getBytes(US_ASCII)) {
                out.write(each); // in pieces as small as can be
            }
        } catch (IOException gone) {
            throw new AssertionError(gone);
        }
    }

    private static void assertFound(int tokens, int lost, int doubled, int failed, Tally found) {
        assertEquals("tokens %d, lost %d, doubled %d, failed %d".formatted(tokens, lost, doubled, failed), "tokens %d, lost %d, doubled %d, failed %d"
                .formatted(found.now().tokens(), found.now().lost(), found.now().doubled(), found.now().failed()));
    }

    @Test
    void a_whole_stream_is_well() throws IOException {
        assertFound(3, 0, 0, 0, read(tokens(0, 1, 2) + GOOD_END));
    }

    @Test
    void a_token_that_does_not_come_is_lost() throws IOException {
        assertFound(2, 1, 0, 0, read(tokens(0, 2) + GOOD_END));
    }

    @Test
    void tokens_that_do_not_come_at_the_end_are_lost() throws IOException {
        assertFound(1, 2, 0, 0, read(tokens(0) + GOOD_END));
    }

    @Test
    void a_token_that_comes_again_is_doubled() throws IOException {
        assertFound(3, 0, 1, 0, read(tokens(0, 1, 1, 2) + GOOD_END));
    }

    @Test
    void a_token_that_comes_late_is_not_in_order() throws IOException {
        assertFound(2, 1, 1, 0, read(tokens(0, 2, 1) + GOOD_END));
    }

    @Test
    void several_tokens_in_one_event_all_count() throws IOException {
        assertFound(3, 0, 0, 0, read("event: message\ndata: {\"content\":\"[0@1][1@2] [2@3]\"}\n\n" + GOOD_END));
    }

    @Test
    void a_stream_without_its_end_has_failed() throws IOException {
        assertFound(3, 0, 0, 1, read(tokens(0, 1, 2)));
    }

    @Test
    void a_stream_that_ends_badly_has_failed() throws IOException {
        assertFound(3, 0, 0, 1, read(tokens(0, 1, 2) + GOOD_END.replace("complete", "failed")));
    }

    @Test
    void a_connection_that_breaks_is_told() throws IOException {
        var found = read("", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
        assertFound(0, 3, 0, 1, found);
        assertEquals("A connection was closed in the middle of a stream.", found.complaint().orElseThrow());
    }

    @Test
    void a_refusal_is_told() throws IOException {
        var found = read("", "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n");
        assertFound(0, 3, 0, 1, found);
        assertEquals("A request was answered with HTTP/1.1 429 Too Many Requests.", found.complaint().orElseThrow());
    }

    @Test
    void a_chunked_stream_is_read_without_its_framing() throws IOException {
        var stream = tokens(0, 1, 2) + GOOD_END;
        var cut = stream.indexOf('@') + 2; // in the middle of a stamp
        var chunks = "%x\r\n%s\r\n%X;extension\r\n%s\r\n0\r\nTrailer: yes\r\n\r\n".formatted(cut, stream.substring(0, cut), stream.length() - cut, stream.substring(cut));
        assertFound(3, 0, 0, 0, read(chunks, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
    }
}
