package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.Client;

class ImportTest extends WebTest {
    private static final String RUNNEL = """
            {"format": "runnel/1", "title": "t", "messages": [
                {"id": "a", "role": "user", "content": "ask", "created": 1}, {"id": "b", "parent": "a", "role": "assistant", "content": "said"}]}""";
    private static final String CHATGPT = """
            {"title": "t", "mapping": {"b": {"parent": "s", "message": {"author": {"role": "assistant"}, "content": {"parts": ["said"]}}},
                "s": {"parent": "a", "message": {"author": {"role": "tool"}, "content": {"parts": ["left out"]}}},
                "a": {"message": {"author": {"role": "user"}, "content": {"parts": ["ask"]}, "create_time": 1.5}}}}""";
    private static final String OPEN_WEBUI = """
            {"chat": {"title": "t", "history": {"messages": {"a": {"role": "user", "content": "ask", "timestamp": 1},
                "b": {"parentId": "a", "role": "assistant", "content": "said"}}}}}""";
    private static final String LIBRECHAT = """
            {"conversationId": "c", "title": "t", "messages": [{"messageId": "a", "isCreatedByUser": true, "text": "ask",
                "createdAt": "2026-01-01T00:00:00Z", "children": [{"messageId": "b", "parentMessageId": "a", "text": "said"}]}]}""";

    private JsonNode imported(String document) {
        var answer = client.post("/api/import", Client.json(document));
        assertEquals(201, answer.statusCode(), answer.body());
        return Client.json(client.get("/api/chats/" + Client.json(answer).get("chats").get(0).asText()));
    }

    @ParameterizedTest
    @ValueSource(strings = {RUNNEL, CHATGPT, OPEN_WEBUI, LIBRECHAT})
    void an_export_of_each_program_becomes_a_chat_that_goes_on(String document) {
        var chat = imported(document);
        assertEquals("t", chat.get("title").asText());
        var messages = chat.get("messages");
        assertEquals("ask", messages.get(0).get("content").asText());
        assertTrue(messages.get(0).get("parent").isNull());
        assertEquals("said", messages.get(1).get("content").asText());
        assertEquals(messages.get(0).get("id"), messages.get(1).get("parent"));
        assertEquals(2, messages.size());
        assertEquals("word0 ", client.whole(client.askIn(chat.get("id").asText(), "on", "text:1")).content());
    }

    @Test
    void messages_that_stand_in_a_circle_become_a_line_which_has_an_end() {
        var chat = imported("""
                {"format": "runnel/1", "title": "t", "messages": [{"id": "a", "parent": "b", "role": "user", "content": "x"},
                    {"id": "b", "parent": "a", "role": "tool", "content": "x"}, {"id": "c", "parent": "c", "role": "user", "content": "x"},
                    {"id": "d", "parent": "e", "role": "user", "content": "x"}, {"id": "e", "parent": "d", "role": "user", "content": "x"}]}""");
        var roots = StreamSupport.stream(chat.get("messages").spliterator(), false).filter(message -> message.get("parent").isNull()).count();
        assertEquals(3, roots, chat::toString);
        assertEquals("word0 ", client.whole(client.askIn(chat.get("id").asText(), "on", "text:1")).content());
    }

    @Test
    void a_time_that_no_clock_can_show_is_none() {
        imported(LIBRECHAT.replace("2026-01-01T00:00:00Z", "+1000000000-12-31T23:59:59Z"));
        imported(RUNNEL.replace("\"created\": 1", "\"created\": 1e300"));
    }

    @Test
    void one_that_is_nothing_but_brackets_is_refused_before_it_takes_fifty_times_its_length() {
        problem(400, client.send("POST", "/api/import", "[" + "{},".repeat(2_000_000) + "{}]", "Content-Type", "application/json"));
        problem(422, client.send("POST", "/api/import", "[" + "{},".repeat(1_900_000) + "{}]", "Content-Type", "application/json"));
    }

    @Test
    void what_no_program_exports_is_refused_as_a_whole() {
        problem(422, client.post("/api/import", Client.json("[" + RUNNEL + ", {}]")));
        assertEquals(0, Client.json(client.get("/api/chats")).get("chats").size());
    }
}
