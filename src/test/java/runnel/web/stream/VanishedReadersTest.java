package runnel.web.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.Client.Sent;
import runnel.Person;
import runnel.faults.Eventually;
import runnel.faults.SocketReader;
import runnel.faults.VanishingReader;
import runnel.upstream.openai.Script;
import runnel.web.WebTest;

/// Readers whose machine or network is gone without a word.
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

    /// Nothing tells a stream whose reader has vanished from one whose reader only has nothing to say.
    @ParameterizedTest
    @ValueSource(strings = {"the reply", "/api/events"})
    void who_vanishes_from_a_stream_keeps_nobody_of_the_same_account_out(String what) throws Exception {
        server.set("AUTH", "accounts").set("MAX_STREAMS", "100").set("MAX_STREAMS_PER_USER", "2").restart();
        var ada = Person.registered(server, "ada@example.org");
        var script = model.script();
        var asked = ada.ask("hello", "x");
        script.send("begun ");
        var path = what.equals("the reply") ? asked.sse() : what;
        try (var reader = connected(path, "Cookie: " + ada.cookie() + "\r\n").hear("id: ")) {
            reader.vanish();
            try (var one = ada.read(asked.sse()); var two = ada.read(asked.sse())) {
                script.send("the end").finish();
                for (var alive : List.of(one, two)) {
                    assertEquals("stop", alive.rest().getLast().name());
                }
            }
        }
    }
}
