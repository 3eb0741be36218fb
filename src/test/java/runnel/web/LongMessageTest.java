package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import runnel.Client;

class LongMessageTest extends WebTest {
    private static final String LONG = "Brücken über Flüsse, 😀 and 北京. \"quoted\"\\ ".repeat(100_000);

    private String chat(String text) {
        var chat = client.ask("Hello", "text:3").chat();
        server.database().write(sql -> sql.update("update message set content = ? where chat = ? and role = 'user'", text, chat));
        return "/api/chats/" + chat;
    }

    @Test
    void is_shown_and_exported_as_it_is() {
        var chat = chat(LONG);
        assertEquals(LONG, Client.json(client.get(chat)).get("messages").get(0).get("content").asText());
        assertEquals(LONG, Client.json(client.get(chat + "/export")).get("messages").get(0).get("content").asText());
        assertTrue(client.get(chat + "/export?format=md").body().contains(LONG));
    }
}
