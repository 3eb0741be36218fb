package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client;

class PresetsTest extends WebTest {
    @TempDir
    Path files;

    @Override
    protected String[] settings() {
        return new String[] {"PRESETS_DIR", files.toString()};
    }

    private HttpResponse<String> patch(String id, String body) {
        return client.send("PATCH", "/api/presets/" + id, body, "Content-Type", "application/json");
    }

    private JsonNode made(ObjectNode preset) {
        var answer = client.post("/api/presets", preset);
        assertEquals(201, answer.statusCode(), answer.body());
        return Client.json(answer);
    }

    private JsonNode named(String name) {
        for (var preset : Client.json(client.get("/api/presets")).get("presets")) {
            if (preset.get("name").asText().equals(name)) {
                return preset;
            }
        }
        throw new AssertionError("there is no preset " + name);
    }

    private static ObjectNode preset(String name) {
        return Client.object().put("name", name);
    }

    private static ObjectNode prompt(String preset) {
        return Client.object().put("prompt", "hello").put("preset", preset);
    }

    private Client.Sent ask(ObjectNode body) {
        var sent = Client.sent(client.post("/api/chat", body));
        client.whole(sent);
        return sent;
    }

    private JsonNode asked(int index) {
        return model.questions().get(index).body();
    }

    private JsonNode chat(Client.Sent sent) {
        return Client.json(client.get("/api/chats/" + sent.chat()));
    }

    @Test
    void a_preset_keeps_what_it_was_given_and_changes_only_what_is_sent() {
        var made = made(preset("Brief <b>&\u202e").put("model", "text:2").put("system", "be brief").put("temperature", 0.5).put("max_tokens", 9)
                .put("reasoning_effort", "low").put("prompt", "Sum up {{text | text:nothing}}"));
        var id = made.get("id").asText();
        assertEquals(made, named("Brief <b>&\u202e"));
        assertFalse(made.get("readonly").asBoolean());

        var changed = Client.json(patch(id, "{\"temperature\":null,\"system\":\"\"}"));
        assertTrue(changed.get("temperature").isNull());
        assertEquals("", changed.get("system").asText("x"));
        assertEquals("text:2 9 low", changed.get("model").asText() + " " + changed.get("max_tokens") + " " + changed.get("reasoning_effort").asText());

        assertEquals(204, client.send("DELETE", "/api/presets/" + id, null).statusCode());
        problem(404, client.send("DELETE", "/api/presets/" + id, null));
        problem(404, patch(id, "{}"));
    }

    @Test
    void wrong_fields_are_named() {
        var wrong = problem(422, client.post("/api/presets", preset("x".repeat(101)).put("model", "").put("system", 7).put("temperature", 3)
                .put("max_tokens", 0).put("reasoning_effort", "much").put("prompt", "x".repeat(100_001))));
        assertEquals(7, wrong.get("errors").size(), wrong::toString);
        problem(422, client.post("/api/presets", Client.object()));
        problem(422, patch(made(preset("one")).get("id").asText(), "{\"name\":\" \"}"));
    }

    @Test
    void a_name_is_there_once_also_of_those_that_come_at_the_same_time() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = IntStream.range(0, 20).mapToObj(_ -> threads.submit(() -> client.post("/api/presets", preset("same")).statusCode())).toList();
            threads.close();
            assertEquals(1, statuses.stream().map(Future::resultNow).filter(status -> status == 201).count());
            assertEquals(19, statuses.stream().map(Future::resultNow).filter(status -> status == 409).count());
        }
        problem(409, patch(made(preset("other")).get("id").asText(), "{\"name\":\"same\"}"));
    }

    @Test
    void changes_at_the_same_time_do_not_lose_each_other() {
        var id = made(preset("one")).get("id").asText();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Stream.of("\"system\":\"s\"", "\"model\":\"m\"", "\"temperature\":1", "\"max_tokens\":5", "\"prompt\":\"p\"", "\"reasoning_effort\":\"high\"")
                    .forEach(field -> threads.submit(() -> patch(id, "{" + field + "}")));
        }
        assertFalse(named("one").toString().contains("null"), named("one")::toString);
    }

    @Test
    void a_person_can_have_so_many_presets_and_so_much_text() {
        for (int i = 0; i < 100; i++) {
            made(preset("p" + i));
        }
        problem(409, client.post("/api/presets", preset("one more")));
        var big = "x".repeat(100_000);
        for (int i = 0; i < 9; i++) {
            assertEquals(200, patch(named("p" + i).get("id").asText(), "{\"prompt\":\"" + big + "\"}").statusCode());
        }
        problem(409, patch(named("p9").get("id").asText(), "{\"prompt\":\"" + big + "\"}"));
        assertTrue(named("p9").get("prompt").isNull());
    }

    @Test
    void a_new_chat_begins_with_its_preset_and_what_is_given_beside_it_wins() {
        var id = made(preset("one").put("model", "text:2").put("system", "be brief").put("temperature", 0.5).put("max_tokens", 9)
                .put("reasoning_effort", "low")).get("id").asText();
        var sent = ask(prompt(id).put("temperature", 1.5).put("system", "be long"));

        assertEquals("text:2", asked(0).get("model").asText());
        assertEquals("be long", asked(0).get("messages").get(0).get("content").asText());
        assertEquals(1.5, asked(0).get("temperature").asDouble());
        assertEquals(9, asked(0).get("max_tokens").asInt());
        assertEquals("low", asked(0).get("reasoning_effort").asText());
        assertEquals("text:2 be long 1.5 9 low", Stream.of("model", "system", "temperature", "max_tokens", "reasoning_effort")
                .map(field -> chat(sent).get(field).asText()).reduce((one, two) -> one + " " + two).orElseThrow());
    }

    @Test
    void what_was_sent_stays_what_it_was_when_the_preset_changes_or_goes() {
        var id = made(preset("one").put("model", "text:2").put("system", "be brief").put("temperature", 0.5)).get("id").asText();
        var body = prompt(id).put("id", UUID.randomUUID().toString());
        var sent = ask(body);
        patch(id, "{\"system\":\"be long\",\"temperature\":2,\"model\":\"text:5\"}");
        client.whole(Client.sent(client.post("/api/replies/" + sent.reply() + "/regenerate", Client.object())));
        assertEquals(asked(0), asked(1));

        client.send("DELETE", "/api/presets/" + id, null);
        var again = client.post("/api/chat", body);
        assertEquals(200, again.statusCode());
        assertEquals(sent, Client.sent(again));
        problem(409, client.post("/api/chat", body.deepCopy().put("preset", "other")));
        assertEquals(2, model.questions().size());
    }

    @Test
    void a_preset_in_a_chat_that_is_there_holds_from_then_on() {
        var id = made(preset("one").put("system", "").put("temperature", 0.5)).get("id").asText();
        var sent = client.ask("hello", "text:1");
        client.whole(sent);
        ask(prompt(id).put("chat", sent.chat()));
        ask(Client.object().put("prompt", "on").put("chat", sent.chat()));
        for (int i = 1; i < 3; i++) {
            assertEquals("user", asked(i).get("messages").get(0).get("role").asText());
            assertEquals(0.5, asked(i).get("temperature").asDouble());
        }
    }

    @Test
    void a_preset_that_is_not_there_is_not_found_and_nothing_is_asked() {
        problem(404, client.post("/api/chat", prompt(NOWHERE)));
        problem(404, client.post("/api/chat", prompt("file-../../etc/passwd")));
        problem(422, client.post("/api/chat", Client.object().put("prompt", "x").put("preset", 7)));
        assertEquals(0, model.questions().size());
    }

    @Test
    void files_are_presets_that_nobody_changes_and_are_read_again_when_they_change() throws IOException {
        var file = files.resolve("brief.md");
        Files.writeString(file, "---\nname: Brief\nmodel: text:2\nsystem: be brief\ntemperature: 0.5\n---\nSum up {{what}}\n");
        var preset = named("Brief");
        var id = preset.get("id").asText();
        assertTrue(preset.get("readonly").asBoolean());
        assertEquals("Sum up {{what}}", preset.get("prompt").asText());
        assertEquals("read-only-preset", problem(409, patch(id, "{\"name\":\"Mine\"}")).get("type").asText().replaceAll(".*[:/]", ""));
        problem(409, client.send("DELETE", "/api/presets/" + id, null));
        ask(prompt(id));
        assertEquals("be brief", asked(0).get("messages").get(0).get("content").asText());

        Files.writeString(file, "---\nname: Briefer\n---\n");
        assertEquals(id, named("Briefer").get("id").asText());
        Files.delete(file);
        assertEquals(0, Client.json(client.get("/api/presets")).get("presets").size());
        problem(404, client.post("/api/chat", prompt(id)));
    }

    @Test
    void a_broken_file_is_named_in_the_log_and_hides_no_other() throws IOException {
        Files.writeString(files.resolve("good.md"), "Hello");
        Files.writeString(files.resolve("broken.md"), "---\nsystem: [a]\n---\n");
        assertEquals("good", named("good").get("name").asText());
        client.get("/api/presets");
        assertEquals(List.of("The preset broken.md, line 2: put this value in quotes."),
                server.log().lines().filter(line -> line.contains("broken.md")).map(line -> line.replaceAll(".*(The preset)", "$1")).toList());
    }
}
