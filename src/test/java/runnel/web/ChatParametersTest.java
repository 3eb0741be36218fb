package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import runnel.Client;

class ChatParametersTest extends WebTest {
    private HttpResponse<String> patch(Client.Sent sent, String body) {
        return client.send("PATCH", "/api/chats/" + sent.chat(), body, "Content-Type", "application/json");
    }

    private JsonNode chat(Client.Sent sent) {
        return Client.json(client.get("/api/chats/" + sent.chat()));
    }

    private Client.Sent ask(ObjectNode body) {
        var sent = Client.sent(client.post("/api/chat", body));
        client.whole(sent);
        return sent;
    }

    private Client.Sent askIn(Client.Sent chat, ObjectNode more) {
        return ask(more.put("prompt", "on").put("chat", chat.chat()));
    }

    private JsonNode asked(int index) {
        return model.questions().get(index).body();
    }

    @Test
    void what_is_chosen_for_a_chat_holds_from_the_next_prompt_on() {
        var sent = client.ask("hello", "text:1");
        client.whole(sent);
        var changed = Client.json(patch(sent, "{\"temperature\":0.5,\"max_tokens\":9,\"reasoning_effort\":\"low\",\"system\":\"\"}"));
        assertEquals(0.5, changed.get("temperature").asDouble());
        assertEquals("0.5 9 low", chat(sent).get("temperature").asText() + " " + chat(sent).get("max_tokens") + " " + chat(sent).get("reasoning_effort").asText());
        askIn(sent, Client.object());

        assertFalse(asked(0).has("temperature") || asked(0).has("max_tokens") || asked(0).has("reasoning_effort"));
        assertEquals("0.5 9 low user", asked(1).get("temperature") + " " + asked(1).get("max_tokens") + " " + asked(1).get("reasoning_effort").asText()
                + " " + asked(1).get("messages").get(0).get("role").asText());

        patch(sent, "{\"temperature\":null,\"max_tokens\":null,\"reasoning_effort\":null}");
        askIn(sent, Client.object());
        assertFalse(asked(2).has("temperature") || asked(2).has("max_tokens") || asked(2).has("reasoning_effort"));
    }

    @Test
    void a_new_chat_keeps_what_it_begins_with_and_one_that_is_there_does_not() {
        var sent = ask(Client.object().put("prompt", "hello").put("model", "text:1").put("temperature", 0.5));
        askIn(sent, Client.object().put("temperature", 1).put("max_tokens", 7));
        askIn(sent, Client.object());
        assertEquals("1.0 7", asked(1).get("temperature") + " " + asked(1).get("max_tokens"));
        assertEquals(0.5, asked(2).get("temperature").asDouble());
        assertFalse(asked(2).has("max_tokens"));
    }

    @Test
    void another_reply_is_written_as_the_first_unless_told_otherwise() {
        var sent = ask(Client.object().put("prompt", "hello").put("model", "text:1").put("temperature", 0.5).put("reasoning_effort", "low"));
        patch(sent, "{\"temperature\":2}");
        client.whole(Client.sent(client.post("/api/replies/" + sent.reply() + "/regenerate", Client.object())));
        client.whole(Client.sent(client.post("/api/replies/" + sent.reply() + "/regenerate", Client.object().put("temperature", 1).putNull("reasoning_effort"))));
        assertEquals("0.5 low", asked(1).get("temperature") + " " + asked(1).get("reasoning_effort").asText());
        assertEquals(1, asked(2).get("temperature").asInt());
        assertFalse(asked(2).has("reasoning_effort"));
        problem(422, client.post("/api/replies/" + sent.reply() + "/regenerate", Client.object().put("temperature", 3)));
    }

    @Test
    void changes_at_the_same_time_do_not_lose_each_other() {
        var sent = client.ask("hello", "text:1");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Stream.of("\"system\":\"s\"", "\"model\":\"m\"", "\"temperature\":1", "\"max_tokens\":5", "\"reasoning_effort\":\"high\"", "\"pinned\":true")
                    .forEach(field -> threads.submit(() -> patch(sent, "{" + field + "}")));
        }
        var chat = chat(sent);
        assertEquals("s m 1.0 5 high true", Stream.of("system", "model", "temperature", "max_tokens", "reasoning_effort", "pinned")
                .map(field -> chat.get(field).asText()).reduce((one, two) -> one + " " + two).orElseThrow());
    }

    @Test
    void they_are_in_the_export() {
        var sent = ask(Client.object().put("prompt", "hello").put("model", "text:1").put("temperature", 0.5).put("reasoning_effort", "low"));
        var exported = Client.json(client.get("/api/chats/" + sent.chat() + "/export?format=json"));
        assertEquals("0.5 low", exported.get("temperature") + " " + exported.get("reasoning_effort").asText());
    }

    @Test
    void wrong_ones_are_refused() {
        var sent = client.ask("hello", "text:1");
        for (var wrong : new String[] {"\"temperature\":2.1", "\"temperature\":\"1\"", "\"max_tokens\":0", "\"max_tokens\":1.5", "\"reasoning_effort\":\"\"",
                "\"reasoning_effort\":\"HIGH\"", "\"reasoning_effort\":1"}) {
            problem(422, patch(sent, "{" + wrong + "}"));
        }
        assertTrue(chat(sent).get("temperature").isNull());
    }
}
