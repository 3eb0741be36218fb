package runnel.web.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import runnel.Client;
import runnel.upstream.openai.Script;
import runnel.web.WebTest;

/// A reply that is read while it comes arrives whole on every kind of connection (RFC 9112, 6.3 and 7.1).
@Timeout(30)
class FramingTest extends WebTest {
    private static final List<String> PIECES = List.of("a", "\"quoted\\ and ü€😀\n", "x".repeat(15), "y".repeat(300), "z".repeat(70_000), "end");

    private Script script;
    private Client.Sent sent;
    private InputStream answer;

    /// Asks, reads with a request of this version, and lets the model say its pieces one by one.
    private Socket read(String version, String... headers) throws IOException {
        script = model.script();
        sent = client.ask("hello", "m");
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(("GET /api/sse/" + sent.reply() + " HTTP/" + version + "\r\nHost: localhost\r\n"
                + String.join("\r\n", headers) + (headers.length > 0 ? "\r\n\r\n" : "\r\n")).getBytes(StandardCharsets.US_ASCII));
        answer = socket.getInputStream();
        return socket;
    }

    private void say() {
        PIECES.forEach(script::send);
        script.finish();
        client.whole(sent);
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next; (next = answer.read()) != '\n'; ) {
            if (next < 0) {
                throw new EOFException(line.toString(StandardCharsets.US_ASCII));
            }
            line.write(next);
        }
        var text = line.toString(StandardCharsets.US_ASCII);
        assertTrue(text.endsWith("\r"), text);
        return text.substring(0, text.length() - 1);
    }

    private List<String> head() throws IOException {
        var head = new ArrayList<String>();
        for (String line; !(line = line()).isEmpty(); ) {
            head.add(line.toLowerCase(Locale.ROOT));
        }
        return head;
    }

    /// The body, by the letter: the size without zeros before it, that many bytes, and an end of line.
    private String chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        for (String size; !(size = line()).equals("0"); ) {
            assertTrue(size.matches("[1-9A-Fa-f][0-9A-Fa-f]*"), size);
            body.write(answer.readNBytes(Integer.parseInt(size, 16)));
            assertEquals("", line());
        }
        assertEquals("", line());
        return body.toString(StandardCharsets.UTF_8);
    }

    private void assertWhole(String body) throws IOException {
        var text = new StringBuilder();
        for (var event : body.split("\n\n")) {
            if (event.contains("event: message")) {
                text.append(Client.json(event.substring(event.indexOf("data: ") + 6)).get("content").asText());
            }
        }
        assertEquals(String.join("", PIECES), text.toString());
        assertTrue(body.contains("event: stop") && body.endsWith("\n\n"));
    }

    @Test
    void in_chunks_and_the_connection_goes_on_to_serve() throws IOException {
        try (var socket = read("1.1")) {
            say();
            assertTrue(head().contains("transfer-encoding: chunked"));
            assertWhole(chunks());
            socket.getOutputStream().write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertEquals("http/1.1 200 ok", head().getFirst());
        }
    }

    @Test
    void to_the_end_of_a_connection_that_is_not_to_go_on() throws IOException {
        try (var _ = read("1.1", "Connection: close")) {
            say();
            var chunked = head().contains("transfer-encoding: chunked");
            assertWhole(chunked ? chunks() : new String(answer.readAllBytes(), StandardCharsets.UTF_8));
            assertEquals(-1, answer.read());
        }
    }

    @Test
    void without_chunks_to_one_who_does_not_know_them() throws IOException {
        try (var _ = read("1.0")) {
            say();
            assertFalse(head().contains("transfer-encoding: chunked"));
            assertWhole(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
        }
        try (var _ = read("1.0", "Connection: keep-alive")) {
            say();
            assertFalse(head().contains("transfer-encoding: chunked"));
            assertWhole(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
