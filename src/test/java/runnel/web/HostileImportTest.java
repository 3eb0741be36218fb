package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import runnel.Client;

/// Files that were written to be expensive.
class HostileImportTest extends WebTest {
    private JsonNode imported(JsonNode document) {
        var answer = client.post("/api/import", document);
        assertEquals(201, answer.statusCode(), answer.body());
        return Client.json(client.get("/api/chats/" + Client.json(answer).get("chats").get(0).asText())).get("messages");
    }

    private JsonNode openWebUi(String text) {
        var chat = Client.object();
        chat.putObject("chat").put("title", "t").putArray("messages").addObject().put("role", "user").put("content", text);
        return imported(chat);
    }

    private JsonNode chatGpt(String type, String text) {
        var chat = Client.object().put("title", "t");
        var message = chat.putObject("mapping").putObject("n").putObject("message");
        message.putObject("author").put("role", "assistant");
        message.putObject("content").put("content_type", type).put("text", text);
        return imported(chat);
    }

    @Test
    @Timeout(60)
    void a_text_is_read_in_a_time_that_grows_as_it_does() {
        for (var piece : List.of("<details type=\"", "<details type=\"a\"", "<details type=\"reasoning\">", "<details ", "</details>", "</summary>")) {
            assertEquals(1, openWebUi(piece.repeat(4_000_000 / piece.length())).size(), piece);
        }
        for (var piece : Stream.of("\ue200", "\u3010", "\u3010\u2020", "\ue200a\ue201b", " ").toList()) {
            assertEquals(1, chatGpt("text", "\ue200" + "a".repeat(2_000_000) + "." + piece.repeat(1_000_000) + ".").size(), piece);
        }
        assertEquals(1, chatGpt("code", "`".repeat(2_000_000) + "x").size());
    }
}
