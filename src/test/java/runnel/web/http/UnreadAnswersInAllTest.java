package runnel.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import runnel.faults.Eventually;
import runnel.web.WebTest;

/// Answers that nobody reads, of many visitors with few each.
class UnreadAnswersInAllTest extends WebTest {
    private static final int VISITORS = 40;
    private static final int EACH = 15;
    private static final int MAX = 500;

    @Override
    protected String[] settings() {
        return new String[] {"HEARTBEAT", "60", "TRUSTED_PROXIES", "127.0.0.1"};
    }

    private Socket ask(String visitor) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(2_048);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        socket.getOutputStream().write(("GET /api/openapi.json HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: " + visitor + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void are_cut_off_where_all_visitors_together_leave_too_many() throws IOException {
        var sockets = new ArrayList<Socket>();
        int before = server.connections();
        try {
            for (int i = 0; i < VISITORS * EACH; i++) {
                sockets.add(ask("203.0.113." + (1 + i % VISITORS)));
            }
            Eventually.holds(() -> server.connections() <= before + MAX);
            assertTrue(server.connections() > before + MAX / 2, "those within the limit are waited for");
            assertEquals(200, client.get("/health").statusCode());
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }
}
