package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static runnel.upload.Samples.image;
import static runnel.upload.Samples.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.faults.Eventually;
import runnel.upload.Samples;
import runnel.upstream.openai.Scenarios;
import runnel.upstream.openai.Wire;

/// Files beside prompts: what the model is asked with, what is kept, and what is refused before anything is.
class AttachmentsTest extends WebTest {
    private static final String SEEING = "text:2";

    /// One model that sees, and one that does not; they read 4,000 tokens.
    @BeforeEach
    void list() {
        model.listing(wire -> wire.json(200, """
                {"data":[{"id":"text:2","context_length":4000,"capabilities":["vision"]},{"id":"text:3","context_length":4000,"capabilities":[]}]}"""));
        Eventually.holds(() -> Client.json(client.get("/api/models")).path("models").size() == 2);
    }

    static ObjectNode prompt(String prompt, String model, String... uploads) {
        var body = Client.object().put("prompt", prompt).put("model", model);
        for (var upload : uploads) {
            body.withArray("attachments").add(upload);
        }
        return body;
    }

    private String uploaded(String name, byte[] content) {
        var answer = client.upload(name, content);
        assertEquals(201, answer.statusCode(), answer::body);
        return Client.json(answer).get("id").asText();
    }

    private Client.Sent asked(ObjectNode prompt) {
        var sent = Client.sent(client.post("/api/chat", prompt));
        client.whole(sent);
        return sent;
    }

    private JsonNode messages() {
        return model.questions().getLast().body().get("messages");
    }

    private int files() throws IOException {
        try (var files = Files.list(server.data().resolve("uploads"))) {
            return (int) files.count();
        }
    }

    @Test
    void text_goes_in_whole_once_where_it_was_attached_and_stays_there() {
        var sent = asked(prompt("What is it?", SEEING, uploaded("a.md", text("```\ncode\n```\n")), uploaded("b.pdf", Samples.pdf(1, "In a PDF"))));
        var first = messages().get(1).get("content").asText();
        assertEquals("a.md:\n````\n```\ncode\n```\n````\n\nb.pdf:\n```\n[Page 1]\nIn a PDF\n```\n\nWhat is it?", first);
        asked(prompt("And now?", SEEING).put("chat", sent.chat()));
        assertEquals(first, messages().get(1).get("content").asText());
        assertEquals("And now?", messages().get(3).get("content").asText());
    }

    @Test
    void an_image_is_sent_as_a_content_part_also_in_the_history() {
        var photo = image("png", 40, 30);
        var sent = asked(prompt("What is it?", SEEING, uploaded("a.png", photo), uploaded("note.txt", text("a note"))));
        asked(prompt("And now?", SEEING).put("chat", sent.chat()));
        var content = messages().get(1).get("content");
        assertEquals("note.txt:\n```\na note\n```\n\nWhat is it?", content.get(0).get("text").asText());
        assertEquals("image_url", content.get(1).get("type").asText());
        assertEquals("data:image/png;base64," + Base64.getEncoder().encodeToString(photo), content.get(1).get("image_url").get("url").asText());
        assertEquals("And now?", messages().get(3).get("content").asText());
    }

    @Test
    void while_its_server_does_not_say_whether_a_model_sees_no_image_is_taken_for_unseen_and_what_waits_goes_on_waiting() {
        model.next(Scenarios.deltas("a"), Scenarios.refuse(400, "no"));
        var chat = asked(prompt("One", SEEING, uploaded("a.png", image("png", 9, 9)))).chat();
        var failed = asked(prompt("Two", SEEING).put("chat", chat));
        var photo = uploaded("b.png", image("png", 9, 9));
        var queued = prompt("Three", SEEING, photo);
        queued.remove("model");
        client.post("/api/chats/" + chat + "/queue", queued);
        server.database().write(sql -> sql.update("update message set status = 'complete' where id = ?", failed.reply()));
        model.listing(Wire::cut);
        server.restart();

        assertEquals("urn:runnel:upstream-hung-up", problem(502, client.post("/api/chat", prompt("Look", SEEING, photo))).get("type").asText());
        model.next(Scenarios.deltas("b"));
        asked(prompt("From here", SEEING).put("chat", chat).put("parent", failed.reply()));
        assertTrue(messages().toString().contains("image_url"), messages()::toString);
        var queue = "/api/chats/" + chat + "/queue";
        assertFalse(Client.json(client.get(queue)).at("/queued/0").has("unfit"));
        model.next(Scenarios.deltas("c"));
        list();
        Eventually.holds(() -> Client.json(client.get(queue)).get("queued").isEmpty());
        Eventually.holds(() -> messages().toString().contains("Three"));
    }

    @Test
    void large_images_arrive_whole() {
        var noise = new byte[900_001];
        new java.util.Random(3).nextBytes(noise);
        System.arraycopy(Samples.webp(100, 100), 0, noise, 0, 32);
        java.nio.ByteBuffer.wrap(noise).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(4, noise.length - 8);
        asked(prompt("grüße", SEEING, uploaded("a.webp", noise), uploaded("b.png", image("png", 9, 9)), uploaded("c.webp", noise)));
        var content = messages().get(1).get("content");
        var url = "data:image/webp;base64," + Base64.getEncoder().encodeToString(noise);
        assertEquals(List.of(true, true), List.of(url.equals(content.get(1).get("image_url").get("url").asText()), url.equals(content.get(3).get("image_url").get("url").asText())));
    }

    @Test
    void a_chat_shows_the_files_in_their_order() {
        var b = uploaded("b.txt", text("b"));
        var a = uploaded("a.png", image("png", 10, 10));
        var sent = asked(prompt("look", SEEING, b, a));
        var message = Client.json(client.get("/api/chats/" + sent.chat())).get("messages").get(0);
        assertEquals(List.of("b.txt", "a.png"), message.get("attachments").findValuesAsText("name"));
        assertEquals("{\"id\":\"%s\",\"name\":\"b.txt\",\"type\":\"text/plain\",\"size\":1,\"tokens\":1}".formatted(b), message.get("attachments").get(0).toString());
        assertFalse(Client.json(client.get("/api/chats/" + sent.chat())).get("messages").get(1).has("attachments"));
    }

    @Test
    void the_same_send_is_the_same_only_with_the_same_files() {
        var a = uploaded("a.txt", text("a"));
        var send = prompt("look", SEEING, a).put("id", UUID.randomUUID().toString());
        assertEquals(201, client.post("/api/chat", send).statusCode());
        assertEquals(200, client.post("/api/chat", send).statusCode());
        problem(409, client.post("/api/chat", send.deepCopy().remove(List.of("attachments"))));
    }

    @Test
    void nothing_is_kept_of_a_prompt_whose_files_are_not_there_too_many_or_of_another_kind() {
        var before = Client.json(client.get("/api/chats")).get("chats");
        for (var ids : List.of("[\"" + NOWHERE + "\"]", "[1]", "\"x\"", "[\"a\",\"a\"]", "[" + "\"a\",".repeat(20).replace("a", "%s") + "\"z\"]")) {
            var body = "{\"prompt\":\"x\",\"model\":\"text:2\",\"attachments\":" + ids.replace("%s", UUID.randomUUID().toString()) + "}";
            assertEquals("attachments", problem(422, client.send("POST", "/api/chat", body, "Content-Type", "application/json")).get("errors").get(0).get("field").asText());
        }
        assertEquals(before, Client.json(client.get("/api/chats")).get("chats"));
        assertEquals(List.of(), model.questions());
    }

    @Test
    void a_model_that_cannot_see_is_sent_no_image() {
        var photo = uploaded("a.png", image("png", 10, 10));
        var refused = problem(422, client.post("/api/chat", prompt("look", "text:3", photo)));
        assertEquals("attachments", refused.get("errors").get(0).get("field").asText());
        assertEquals(0, Client.json(client.get("/api/chats")).get("chats").size());
        var sent = asked(prompt("look", SEEING, photo));
        problem(422, client.post("/api/replies/" + sent.reply() + "/regenerate", Client.object().put("model", "text:3")));
        asked(prompt("and now?", "text:3").put("chat", sent.chat()));
        assertEquals("[An image that this model cannot see: a.png]\n\nlook", messages().get(1).get("content").asText());
    }

    @Test
    void what_does_not_fit_the_model_is_refused_with_its_figures() {
        var fits = uploaded("a.txt", text("word ".repeat(1_700)));
        var large = uploaded("b.txt", text("word ".repeat(1_900)));
        assertEquals(201, client.post("/api/chat", prompt("look", SEEING, fits)).statusCode());
        var refused = problem(422, client.post("/api/chat", prompt("look", SEEING, large)));
        assertTrue(refused.get("detail").asText().matches("attachments: take some 3,17\\d tokens with the prompt; the model can be given 3,000"), refused::toString);
    }

    @Test
    void files_go_with_the_last_chat_that_has_them() throws IOException {
        var a = uploaded("a.txt", text("a"));
        var one = asked(prompt("look", SEEING, a));
        var two = asked(prompt("look again", SEEING, a));
        problem(409, client.send("DELETE", "/api/uploads/" + a, null));
        client.send("DELETE", "/api/chats/" + one.chat(), null);
        assertEquals(200, client.get("/api/uploads/" + a).statusCode());
        client.send("DELETE", "/api/chats/" + two.chat(), null);
        assertEquals(404, client.get("/api/uploads/" + a).statusCode());
        assertEquals(0, files());
    }

    @Test
    void the_text_that_was_read_of_a_file_goes_with_it() throws IOException {
        var a = uploaded("a.pdf", Samples.pdf(1, "Hello"));
        assertEquals(2, files());
        var sent = asked(prompt("look", SEEING, a));
        client.send("DELETE", "/api/chats/" + sent.chat(), null);
        assertEquals(0, files());
    }

    @Test
    void a_fork_has_the_files_too_and_keeps_them_when_the_first_chat_goes() throws IOException {
        var upload = uploaded("a.md", text("kept"));
        var sent = asked(prompt("Read it", SEEING, upload));
        var forked = Client.json(client.post("/api/chats/" + sent.chat() + "/fork", Client.object().put("message", sent.reply())))
                .get("chat").asText();
        assertEquals(204, client.send("DELETE", "/api/chats/" + sent.chat(), null).statusCode());
        var kept = Client.json(client.get("/api/chats/" + forked)).get("messages").get(0).get("attachments");
        assertEquals("a.md", kept.get(0).get("name").asText());
        assertEquals("kept", client.get("/api/uploads/" + kept.get(0).get("id").asText()).body());
        assertEquals(1, files());
        assertEquals(204, client.send("DELETE", "/api/chats/" + forked, null).statusCode());
        Eventually.holds(() -> {
            try {
                return files() == 0;
            } catch (IOException gone) {
                return false;
            }
        });
    }
}
