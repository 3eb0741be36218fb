package runnel.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import runnel.Client;
import runnel.Person;
import runnel.Server;

/// Requests that send the most of a body and then nothing.
class HalfBodiesTest {
    private static final int MANY = 1_200;

    private final List<SocketChannel> sockets = new ArrayList<>();
    private Server server;

    @BeforeEach
    void start(@TempDir Path data) {
        server = Server.start(data, "AUTH", "accounts");
    }

    @AfterEach
    void stop() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
        server.close();
    }

    private void sendHalf(String path, int bytes, String... headers) throws IOException {
        var socket = SocketChannel.open();
        socket.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        sockets.add(socket);
        var request = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + String.join("", headers) + "Content-Length: " + (bytes + 100) + "\r\n\r\n{\"a\":\"";
        socket.write(ByteBuffer.wrap((request + "x".repeat(bytes)).getBytes(StandardCharsets.US_ASCII)));
        socket.configureBlocking(false);
    }

    /// Reads what came, to its end where it has one.
    private static boolean hasEnded(SocketChannel socket) {
        var some = ByteBuffer.allocate(4_096);
        try {
            int read;
            do {
                read = socket.read(some.clear());
            } while (read > 0);
            return read < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    @ParameterizedTest
    @CsvSource({"/api/login, 19000", "/api/register, 1", "/api/password/reset, 19000", "/api/nothing, 60000", "/api/chat, 60000", "/api/replies/x/stop, 60000", "/c/nothing, 60000"})
    void hold_up_nobody_take_bounded_memory_and_are_dropped_within_seconds(String path, int bytes) throws IOException, InterruptedException {
        var ada = Person.registered(server, "ada@example.org");
        for (int i = 0; i < MANY; i++) {
            sendHalf(path, bytes);
        }
        assertEquals(200, ada.login(Person.PASSWORD).statusCode());
        assertTrue(BodyMemory.STRANGERS.taken() <= BodyMemory.STRANGERS.size());
        var left = List.copyOf(sockets);
        while (!left.isEmpty()) { // the time limit of the test is the bound
            Thread.sleep(50);
            left = left.stream().filter(socket -> !hasEnded(socket)).toList();
        }
        assertEquals(0, BodyMemory.STRANGERS.taken());
        assertEquals(0, BodyMemory.MEMBERS.taken());
        assertEquals(200, ada.get("/api/chats").statusCode());
    }

    @Test
    void of_eight_people_who_send_as_many_files_as_they_may_keep_nobody_else_out() throws IOException {
        for (int i = 0; i < 8; i++) {
            var eve = Person.registered(server, "eve" + i + "@example.org");
            for (int j = 0; j < 4; j++) {
                sendHalf("/api/uploads?name=a.txt", 1_000, "Origin: " + server.url("") + "\r\n", "Cookie: " + eve.cookie() + "\r\n");
            }
        }
        var ada = Person.registered(server, "ada@example.org");
        assertEquals(201, ada.send("POST", "/api/uploads?name=b.txt", Client.object()).statusCode());
    }
}
