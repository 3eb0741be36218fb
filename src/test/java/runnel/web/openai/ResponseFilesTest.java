package runnel.web.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.Client;
import runnel.faults.Eventually;
import runnel.upload.Samples;
import runnel.web.WebTest;

/// Images and files in `/v1/responses`.
class ResponseFilesTest extends WebTest {
    private static final String PHOTO = "data:image/png;base64," + Base64.getEncoder().encodeToString(Samples.image("png", 20, 10));
    private static final String PDF = Base64.getEncoder().encodeToString(Samples.pdf(1, "In a PDF"));

    @BeforeEach
    void list() {
        model.listing(wire -> wire.json(200, "{\"data\":[{\"id\":\"text:2\",\"capabilities\":[\"vision\"]},{\"id\":\"text:3\"}]}"));
        client.get("/api/models");
    }

    private static ObjectNode said(String role, String... parts) {
        return Client.object().put("role", role).set("content", Client.json("[" + String.join(",", parts) + "]"));
    }

    private static String text(String text) {
        return "{\"type\":\"input_text\",\"text\":\"" + text + "\"}";
    }

    private static String image() {
        return "{\"type\":\"input_image\",\"detail\":\"auto\",\"image_url\":\"" + PHOTO + "\"}";
    }

    private static String file() {
        return "{\"type\":\"input_file\",\"filename\":\"a.pdf\",\"file_data\":\"data:application/pdf;base64," + PDF + "\"}";
    }

    private Response asked(ObjectNode... items) {
        var body = Client.object().put("model", "text:2");
        for (var item : items) {
            body.withArray("input").add(item);
        }
        return Response.of(client, client.post("/v1/responses", body));
    }

    private JsonNode messages() {
        return model.questions().getLast().body().get("messages");
    }

    private static void assertSaid(JsonNode message) {
        assertEquals("a.pdf:\n```\n[Page 1]\nIn a PDF\n```\n\nWhat?", message.get("content").get(0).get("text").asText());
        assertEquals(PHOTO, message.get("content").get(1).get("image_url").get("url").asText());
    }

    @Test
    void one_message_becomes_a_prompt_with_files_that_the_page_shows_too() {
        var response = asked(said("user", text("What?"), image(), file()));
        assertSaid(messages().get(messages().size() - 1));
        var chat = Client.json(client.get("/api/chats")).get("chats").get(0).get("id").asText();
        var prompt = Client.json(client.get("/api/chats/" + chat)).get("messages").get(0);
        assertEquals("What?", prompt.get("content").asText());
        assertEquals(List.of("image", "a.pdf"), prompt.get("attachments").findValuesAsText("name"));
        var items = Client.json(client.get(response.path() + "/input_items")).get("data").get(0);
        assertEquals(prompt.get("attachments").findValuesAsText("id"), items.get("content").findValuesAsText("file_id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"low", "high", "auto"})
    void how_closely_to_look_is_passed_on_and_told(String detail) {
        var response = asked(said("user", text("What?"), image().replace("auto", detail)), said("assistant", "{\"type\":\"output_text\",\"text\":\"A dot.\"}"),
                said("user", text("And now?"), image().replace("\"detail\":\"auto\",", "")));
        var details = new java.util.ArrayList<String>();
        messages().forEach(message -> message.path("content").findValues("image_url").forEach(image -> details.add(image.path("detail").asText("none"))));
        assertEquals(List.of(detail, "none"), details);
        asked(said("user", text("Alone?"), image().replace("auto", detail)));
        assertEquals(detail, messages().get(messages().size() - 1).at("/content/1/image_url/detail").asText());
        var items = Client.json(client.get(response.path() + "/input_items?order=asc")).get("data");
        assertEquals(detail, items.at("/0/content/1/detail").asText());
    }

    @Test
    void in_a_conversation_each_stands_where_it_was() {
        var first = asked(said("user", text("What?"), file(), image()), said("assistant", "{\"type\":\"output_text\",\"text\":\"A pixel.\"}"), said("user", text("Sure?")));
        assertSaid(messages().get(0));
        assertEquals("Sure?", messages().get(2).get("content").asText());
        var body = Client.object().put("model", "text:2").put("input", "Really?").put("previous_response_id", first.id());
        Response.of(client, client.post("/v1/responses", body));
        assertSaid(messages().get(0));
        assertEquals("Really?", messages().get(4).get("content").asText());
    }

    @Test
    void what_is_not_to_be_stored_is_asked_all_the_same() {
        var body = Client.object().put("model", "text:2").put("store", false);
        body.withArray("input").add(said("user", text("What?"), image(), file()));
        assertEquals(200, client.post("/v1/responses", body).statusCode());
        assertSaid(messages().get(messages().size() - 1));
        assertEquals(0, Client.json(client.get("/api/chats")).get("chats").size());
        Eventually.holds(() -> server.data().resolve("uploads").toFile().list().length == 0);
    }

    @Test
    void an_upload_can_be_named_by_its_id() {
        var id = Client.json(client.upload("note.txt", Samples.text("a note"))).get("id").asText();
        asked(said("user", text("What?"), "{\"type\":\"input_file\",\"file_id\":\"" + id + "\"}"));
        assertEquals("note.txt:\n```\na note\n```\n\nWhat?", messages().get(messages().size() - 1).get("content").asText());
        var body = Client.object().put("model", "text:2");
        body.withArray("input").add(said("user", "{\"type\":\"input_file\",\"file_id\":\"" + NOWHERE + "\"}"));
        assertEquals("input[0].content[0].file_id", openAiError(404, client.post("/v1/responses", body)).get("param").asText());
    }

    @Test
    void a_model_that_cannot_see_is_sent_no_image() {
        var body = Client.object().put("model", "text:3");
        body.withArray("input").add(said("user", text("What?"), image()));
        var error = openAiError(400, client.post("/v1/responses", body));
        assertEquals("input", error.get("param").asText());
        assertTrue(error.get("message").asText().contains("cannot see"), error::toString);
        assertEquals(List.of(), model.questions());
        assertFalse(client.get("/api/chats").body().contains("What"));
        assertEquals(0, server.data().resolve("uploads").toFile().list().length);
    }
}
