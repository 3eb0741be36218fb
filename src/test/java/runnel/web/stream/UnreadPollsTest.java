package runnel.web.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client;
import runnel.Server;
import runnel.faults.Eventually;
import runnel.upstream.openai.Scenarios;

/// Polls whose answers are not read. A permit goes back when its answer has left, or its connection.
@Timeout(60)
class UnreadPollsTest {
    private static final int MOST = 5;
    /// Each takes six bytes in an answer, so that the kernel does not take one whole.
    private static final String TEXT = "\u0001".repeat(1_000_000);

    private static Socket unread(Server server, Client.Sent sent) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(2_048);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        socket.getOutputStream().write(("GET /api/poll/" + sent.reply() + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void hold_their_permits_until_they_are_read_or_cut_off(@TempDir Path data) throws Exception {
        var sockets = new ArrayList<Socket>();
        try (var server = Server.start(data, "MAX_STREAMS", "" + MOST, "HEARTBEAT", "2"); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            server.upstream().next(Scenarios.deltas(TEXT));
            var client = server.client();
            var sent = client.ask("hello", "m");
            client.whole(sent);
            Eventually.holds(() -> server.web().readers() == 0);
            for (var each : threads.invokeAll(Collections.<Callable<Socket>>nCopies(40, () -> unread(server, sent)))) {
                sockets.add(each.get());
            }
            Eventually.holds(() -> server.web().readers() == MOST);
            assertEquals(429, client.get("/api/poll/" + sent.reply()).statusCode());
            Eventually.holds(() -> server.web().readers() == 0); // within some heartbeats
            var events = Client.json(client.get("/api/poll/" + sent.reply())).get("events");
            assertEquals(List.of("start", "message"), List.of(events.get(0).get("event").asText(), events.get(1).get("event").asText()));
            assertTrue(events.get(1).get("data").get("content").asText().length() <= 64 << 10, "an answer is bounded");
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }
}
