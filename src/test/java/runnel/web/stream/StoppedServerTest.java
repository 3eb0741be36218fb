package runnel.web.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import runnel.Server;
import runnel.faults.Eventually;
import runnel.upstream.openai.Scenario;

/// A server that is told to stop while readers are there who do not read.
@Timeout(60)
class StoppedServerTest {
    /// Of an answer that comes faster than anybody reads.
    private static final Scenario LONG_AND_FAST = wire -> {
        wire.stream();
        for (int i = 0; i < 20_000; i++) {
            wire.delta("x".repeat(1_000));
        }
        wire.finish("stop").done();
    };

    private static Socket stalled(Server server, String request) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        socket.getOutputStream().write((request + "\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void whoever_does_not_read_holds_up_no_stop_and_fills_no_log(@TempDir Path data) throws IOException {
        var server = Server.start(data);
        var readers = new ArrayList<Socket>();
        try {
            server.upstream().next(LONG_AND_FAST);
            var sent = server.client().ask("hello", "m");
            for (var path : List.of(sent.sse(), "/api/poll/" + sent.reply(), "/api/events", sent.sse(), sent.sse())) {
                readers.add(stalled(server, "GET " + path + " HTTP/1.1"));
            }
            Eventually.holds(() -> server.web().readers() >= 4);
            Eventually.sleep(3_000); // until the kernel takes no more
        } finally {
            server.close();
            for (var reader : readers) {
                reader.close();
            }
        }
        assertEquals("", server.log().lines().filter(line -> !line.contains("DEBUG") && !line.contains("TRACE")).limit(20).reduce("", (all, line) -> all + line + "\n"));
    }
}
