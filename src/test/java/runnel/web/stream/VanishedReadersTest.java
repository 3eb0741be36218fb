package runnel.web.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import runnel.Client.Sent;
import runnel.faults.Eventually;
import runnel.faults.SocketReader;
import runnel.faults.VanishingReader;
import runnel.upstream.openai.Script;
import runnel.web.WebTest;

/// Readers whose machine or network is gone without a word. There is room for two, so whoever waits for a place gets it only
/// once the one who vanished is let go; and the other one, who is alive, must not be.
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class VanishedReadersTest extends WebTest {
    private static final long HEARTBEAT_MILLIS = 1_000;
    private static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
    private static final String PING = "\u0089\0";
    private static final String PONG = "\u008a\u0080mask";

    private Script script;
    private Sent sent;

    @Override
    protected String[] settings() {
        return new String[] {"HEARTBEAT", "1", "MAX_STREAMS", "2"};
    }

    @BeforeEach
    void ask() {
        script = model.script();
        sent = client.ask("hello", "x");
        script.send("begun ");
    }

    private VanishingReader connected(String path, String headers) {
        return VanishingReader.connect(server.port()).say("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
    }

    private int oneMore() {
        return client.get("/api/poll/" + sent.reply() + "?wait=0").statusCode();
    }

    private void assertLetGo(VanishingReader reader) throws InterruptedException {
        assertEquals(429, oneMore(), "both places are taken");
        reader.vanish();
        Eventually.holds(() -> oneMore() == 200);
        Thread.sleep(2 * HEARTBEAT_MILLIS); // for whoever would be let go wrongly
    }

    @Test
    void who_vanishes_from_a_stream_is_let_go_and_who_only_does_not_read_is_not() throws Exception {
        try (var deaf = new Socket(); var reader = connected(sent.sse(), "").hear("begun")) {
            deaf.setReceiveBufferSize(2_048);
            deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            deaf.getOutputStream().write(("GET " + sent.sse() + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            Eventually.holds(() -> oneMore() == 429);
            script.send("x".repeat(20_000)); // more than it has room for, less than what the kernel keeps for it
            assertLetGo(reader);
            script.send("the end").finish();
            assertTrue(rest(deaf).contains("the end"));
        }
    }

    private static String rest(Socket socket) throws IOException {
        var text = new StringBuilder();
        var buffer = new byte[4_096];
        while (text.indexOf("event: stop") < 0) {
            int length = socket.getInputStream().read(buffer);
            assertTrue(length > 0, "it ended before the reply");
            text.append(new String(buffer, 0, length, StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    @Test
    void who_vanishes_from_a_socket_is_let_go_and_who_only_has_nothing_to_say_is_not() throws Exception {
        try (var quiet = SocketReader.open(server.url("/api/ws/" + sent.reply()));
                var reader = connected("/api/ws/" + sent.reply(), UPGRADE).hear(PING).say(PONG)) {
            assertLetGo(reader);
            script.send("the end").finish();
            assertTrue(frames(quiet).contains("the end"));
            assertEquals(1_000, quiet.closeStatus());
        }
    }

    private static String frames(SocketReader reader) {
        var text = new StringBuilder();
        for (var frame = reader.next(); frame.isPresent(); frame = reader.next()) {
            text.append(frame.get());
        }
        return text.toString();
    }

    @Test
    void who_vanishes_from_the_notifications_is_let_go() throws Exception {
        try (var quiet = client.read("/api/events"); var reader = connected("/api/events", "").hear("resync")) {
            assertLetGo(reader);
            script.finish();
            assertTrue(quiet.next("notification").json().has("kind"));
        }
    }
}
