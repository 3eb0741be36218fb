package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.faults.Eventually;

class TemporaryChatsTest extends WebTest {
    private static final String SECRET = "Quastenflosser";

    private Client.Sent ask() {
        var sent = Client.sent(client.post("/api/chat", Client.object().put("prompt", SECRET).put("model", "text:1").put("temporary", true)));
        client.whole(sent);
        return sent;
    }

    private int rows(String what) {
        return (int) (long) server.database().read(sql -> sql.number("select count(*) from " + what));
    }

    @Test
    void a_temporary_chat_is_there_for_those_who_know_it_and_in_no_list() throws IOException {
        var sent = ask();
        client.whole(client.askIn(sent.chat(), SECRET + " once more", "text:1"));
        client.send("PATCH", "/api/chats/" + sent.chat(), "{\"title\":\"" + SECRET + "!\"}", "Content-Type", "application/json");

        var chat = Client.json(client.get("/api/chats/" + sent.chat()));
        assertTrue(chat.get("temporary").asBoolean());
        assertEquals(4, chat.get("messages").size());
        for (var list : new String[] {"/api/chats", "/api/chats?q=" + SECRET, "/api/search?q=" + SECRET}) {
            assertFalse(client.get(list).body().contains(SECRET), list);
        }
        assertEquals(0, rows("search_entry"));
        assertEquals(0, rows("notification"));
        var zip = client.send("GET", "/api/export", null, BodyHandlers.ofByteArray()).body();
        try (var entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
            assertEquals(null, entries.getNextEntry());
        }
        client.send("DELETE", "/api/chats/" + sent.chat(), null);
        assertEquals(0, rows("notification"));
        problem(404, client.get("/api/chats/" + sent.chat()));
    }

    @Test
    void only_a_new_chat_is_temporary() {
        var sent = client.ask("hello", "text:1");
        client.whole(sent);
        problem(422, client.post("/api/chat", Client.object().put("prompt", "on").put("chat", sent.chat()).put("temporary", true)));
        problem(422, client.post("/api/chat", Client.object().put("prompt", "on").put("temporary", "yes")));
        assertEquals(1, model.questions().size());
    }

    @Test
    void it_is_deleted_a_day_after_its_last_reply_also_where_the_server_was_away_then() throws Exception {
        var old = ask();
        var young = ask();
        var lasting = client.ask("hello", "text:1");
        client.whole(lasting);
        server.whileAway(() -> {});
        set(old, Duration.ofDays(1).plusSeconds(1));
        set(young, Duration.ofHours(23));
        set(lasting, Duration.ofDays(900));
        server.restart();

        Eventually.holds(() -> client.get("/api/chats/" + old.chat()).statusCode() == 404);
        Eventually.holds(() -> rows("message where chat = '" + old.chat() + "'") == 0);
        assertEquals(200, client.get("/api/chats/" + young.chat()).statusCode());
        assertEquals(200, client.get("/api/chats/" + lasting.chat()).statusCode());
    }

    private void set(Client.Sent sent, Duration ago) {
        server.database().write(sql -> sql.update("update chat set updated = ? where id = ?", System.currentTimeMillis() - ago.toMillis(), sent.chat()));
    }

    @Test
    void its_day_begins_with_the_end_of_its_reply() {
        var before = System.currentTimeMillis();
        var sent = Client.sent(client.post("/api/chat", Client.object().put("prompt", "hello").put("model", "paced:5,100").put("temporary", true)));
        set(sent, Duration.ofDays(2));
        client.whole(sent);
        var updated = server.database().read(sql -> sql.number("select updated from chat where id = ?", sent.chat()));
        assertTrue(updated >= before);
    }

    @Test
    void what_it_said_is_in_no_file_when_it_is_gone() throws Exception {
        var sent = ask();
        set(sent, Duration.ofDays(2));
        server.restart();
        Eventually.holds(() -> client.get("/api/chats/" + sent.chat()).statusCode() == 404);
        server.whileAway(() -> {
            try (var files = Files.list(server.data())) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    assertFalse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(SECRET), file::toString);
                }
            } catch (IOException unreadable) {
                throw new AssertionError(unreadable);
            }
        });
    }
}
