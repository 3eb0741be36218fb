package runnel.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import runnel.Client;
import runnel.faults.Eventually;
import runnel.upstream.openai.Scenarios;
import runnel.web.WebTest;

/// Answers that nobody reads.
@Timeout(120)
class UnreadAnswersTest extends WebTest {
    private static final int EACH = 50;
    private static final int MAX_PER_CLIENT = 20;
    private static final String LONG = "word ".repeat(1_000_000);

    private final List<Socket> sockets = new ArrayList<>();

    @Override
    protected String[] settings() {
        return new String[] {"HEARTBEAT", "4"};
    }

    @AfterEach
    void closeAll() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
    }

    private Socket ask(String path) throws IOException {
        var socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(2_048);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private Client.Sent large() {
        model.next(Scenarios.deltas(LONG));
        var sent = client.ask("hello", "m");
        client.whole(sent);
        return sent;
    }

    @Test
    void are_few_for_each_client_and_are_cut_off_while_others_are_answered() throws Exception {
        var chat = "/api/chats/" + large().chat();
        int before = server.connections();
        for (int i = 0; i < EACH; i++) {
            ask(chat);
            ask(chat + "/export");
            ask(chat + "/export?format=md");
            ask("/api/openapi.json");
        }
        assertEquals(200, client.get("/api/chats").statusCode());
        Eventually.holds(() -> server.connections() <= before + 2 * MAX_PER_CLIENT); // an account's, and a visitor's
        assertTrue(server.connections() > before, "a few are waited for");
        Eventually.holds(() -> server.connections() <= before);
        assertEquals(200, client.get(chat).statusCode());
        assertEquals("", server.log().lines().filter(line -> line.contains("ERROR") || line.contains("WARN")).findFirst().orElse(""));
    }

    @Test
    void are_waited_for_when_somebody_reads_them_slowly() throws Exception {
        var socket = ask("/api/chats/" + large().chat() + "/export?format=md");
        var in = socket.getInputStream();
        long read = 0;
        for (int i = 0; i < 12; i++) {
            Thread.sleep(1_000); // longer in all than nothing may be read
            read += in.readNBytes(20_000).length;
        }
        socket.setReceiveBufferSize(1 << 20);
        while (read < LONG.length()) {
            int more = in.read(new byte[100_000]);
            assertTrue(more > 0, "cut off after " + read);
            read += more;
        }
    }
}
