package runnel.web.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.faults.Eventually;
import runnel.upstream.openai.Wire;
import runnel.web.WebTest;

/// Clients that close their side behind the request (RFC 9293, 3.6), as `nc -N` and some proxies do: they still read.
@Timeout(60)
class HalfClosedClientsTest extends WebTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String RESPONSES = "/v1/responses";

    @Override
    protected String[] settings() {
        return new String[] {"HEARTBEAT", "1"};
    }

    private Socket halfClosed(String path, boolean stream) throws IOException {
        var body = "{\"model\":\"m\",\"stream\":" + stream + ",\"input\":\"x\"}";
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body).getBytes(UTF_8));
        Eventually.holds(() -> !model.questions().isEmpty());
        socket.shutdownOutput();
        return socket;
    }

    private static void answer(String path, boolean stream, Wire wire) throws Exception {
        if (stream || path.equals(RESPONSES)) {
            wire.stream();
            Eventually.sleep(3_500);
            wire.delta("the answer").finish("stop").done();
        } else {
            Eventually.sleep(3_500);
            wire.json(200, "{\"choices\":[{\"message\":{\"content\":\"the answer\"}}]}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CHAT + " true", CHAT + " false", RESPONSES + " true", RESPONSES + " false"})
    void who_only_says_no_more_gets_the_whole_answer(String what) throws Exception {
        var path = what.split(" ")[0];
        boolean stream = what.endsWith("true");
        model.next(wire -> answer(path, stream, wire));
        try (var socket = halfClosed(path, stream)) {
            var all = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertTrue(all.contains("HTTP/1.1 200 OK\r\n"), all);
            assertTrue(all.contains(stream ? "answer" : "the answer"), all);
            assertTrue(all.endsWith("0\r\n\r\n") || all.endsWith("}"), all);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CHAT + " true", CHAT + " false", RESPONSES + " true", RESPONSES + " false"})
    void who_says_no_more_and_then_leaves_is_waited_for_no_longer(String what) throws Exception {
        model.next(wire -> {
            wire.asked().awaitHangUp();
        });
        try (var socket = halfClosed(what.split(" ")[0], what.endsWith("true"))) {
            Eventually.sleep(1_500);
            assertFalse(model.questions().getFirst().isHungUp(), "it still reads");
        }
        model.questions().getFirst().awaitHangUp();
        Eventually.holds(() -> server.connections() == 0);
        assertFalse(server.log().contains(" ERROR "), server::log);
    }

    @Test
    void who_says_no_more_where_nobody_can_ask_whether_they_read_is_taken_to_have_left_after_a_while() throws Exception {
        model.next(wire -> wire.asked().awaitHangUp(), wire -> {
            wire.stream();
            wire.chunk("data: {\"half");
            wire.asked().awaitHangUp();
        });
        var body = "{\"model\":\"m\"}";
        try (var old = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            old.getOutputStream().write(("POST " + CHAT + " HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body).getBytes(UTF_8));
            Eventually.holds(() -> model.questions().size() == 1);
        }
        try (var socket = halfClosed(CHAT, true)) {
            Eventually.holds(() -> model.questions().size() == 2);
            socket.getInputStream().readNBytes(100);
        }
        for (var question : model.questions()) {
            question.awaitHangUp();
        }
        Eventually.holds(() -> server.connections() == 0);
    }

    @Test
    void nothing_is_said_before_an_answer_to_a_client_of_http_1_0() throws Exception {
        model.next(wire -> answer(CHAT, false, wire));
        var body = "{\"model\":\"m\"}";
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(("POST " + CHAT + " HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body).getBytes(UTF_8));
            socket.shutdownOutput();
            var all = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertEquals(0, all.indexOf("HTTP/1.1 200"), all);
            assertTrue(all.contains("the answer"), all);
        }
    }
}
