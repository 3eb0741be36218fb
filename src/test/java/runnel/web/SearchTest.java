package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import runnel.Client;

/// Searches through a lot of text.
@Timeout(120)
class SearchTest extends WebTest {
    private static final int LEAVING = 60;
    private static final int MESSAGES = 30;
    private static final String MEGABYTE = "Brücken über Flüsse. ".repeat(44_000);

    @Test
    void ends_when_its_client_leaves_and_keeps_the_next_one_waiting_no_more() throws IOException {
        var chat = client.ask("Hello", "text:3").chat();
        for (int i = 0; i < MESSAGES; i++) {
            var id = NOWHERE.replaceFirst("....$", "%04d".formatted(i));
            server.database().write(sql -> sql.update("""
                    insert into message (id, chat, parent, role, content, status, created) values (?, ?, ?, 'user', ?, 'complete', 0)""",
                    id, chat, Optional.empty(), MEGABYTE));
        }
        var clients = new ArrayList<Socket>();
        for (int i = 0; i < LEAVING; i++) {
            var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
            socket.getOutputStream().write("GET /api/chats?q=nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            clients.add(socket);
        }
        for (var socket : clients) {
            socket.close();
        }
        var found = client.get("/api/chats?q=FL%C3%9CSSE");
        assertEquals(200, found.statusCode(), found.body());
        assertEquals(chat, Client.json(found).get("chats").get(0).get("id").asText());
    }

    @Test
    void a_request_that_was_sent_behind_it_is_answered_too() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            var search = "GET /api/chats?q=nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n";
            socket.getOutputStream().write((search + search + "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            var answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(3, answers.split("HTTP/1.1 200").length - 1, answers);
        }
    }
}
