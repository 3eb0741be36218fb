package runnel.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.web.WebTest;

/// Many connections that send or read as slowly as they can. docs/SECURITY.md says how the same is done with slowhttptest.
class SlowRequestsTest extends WebTest {
    private static final int MANY = 300;

    private final List<Socket> slow = new ArrayList<>();

    @AfterEach
    void cancel() throws IOException {
        for (var socket : slow) {
            socket.close();
        }
    }

    private static void say(Socket socket, String some) throws IOException {
        socket.getOutputStream().write(some.getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\nHost: localhost\r\nX: ", // headers that do not end
        "POST /api/chat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 8192\r\n\r\n{", // a body that does not
        "POST /api/nothing HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 8192\r\n\r\n{", // one that nobody reads
        "GET {script} HTTP/1.1\r\nHost: localhost\r\n\r\n"}) // an answer that nobody reads
    void leave_the_page_to_others(String beginning) throws IOException {
        for (int i = 0; i < MANY; i++) {
            var socket = new Socket();
            socket.setReceiveBufferSize(1_024);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            slow.add(socket);
            say(socket, beginning.replace("{script}", client.script()));
        }
        for (int i = 0; i < 10; i++) {
            assertEquals(200, client.get("/").statusCode());
            if (!beginning.startsWith("GET {script}")) {
                say(slow.get(i), "x");
            }
        }
        client.whole(client.ask("hello", "text:3"));
    }
}
