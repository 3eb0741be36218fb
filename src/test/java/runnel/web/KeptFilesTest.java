package runnel.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static runnel.upload.Samples.image;
import static runnel.upload.Samples.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.Server;
import runnel.store.folder.Backup;
import runnel.store.folder.Restore;

/// Files in exports, imports and backups.
class KeptFilesTest extends WebTest {
    private static final byte[] PHOTO = image("png", 30, 20);

    private Client.Sent talk() {
        model.listing(wire -> wire.json(200, "{\"data\":[{\"id\":\"text:2\",\"capabilities\":[\"vision\"]}]}"));
        client.get("/api/models");
        var note = Client.json(client.upload("no*te.txt", text("a note"))).get("id").asText();
        var photo = Client.json(client.upload("photo.png", PHOTO)).get("id").asText();
        client.upload("unsent.txt", text("unsent"));
        var sent = Client.sent(client.post("/api/chat", AttachmentsTest.prompt("look", "text:2", note, photo)));
        client.whole(sent);
        return sent;
    }

    private byte[] exported() {
        return client.send("GET", "/api/export", null, BodyHandlers.ofByteArray()).body();
    }

    private static JsonNode imported(Client into, byte[] zip) {
        var answer = into.sendBytes("POST", "/api/import", BodyPublishers.ofByteArray(zip), BodyHandlers.ofString(), "Content-Type", "application/zip");
        assertTrue(answer.statusCode() <= 201, answer::body);
        return Client.json(answer);
    }

    @Test
    void an_export_of_everything_has_the_files_of_its_chats_and_of_no_others() throws IOException {
        talk();
        var names = new ArrayList<String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(exported()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName().replaceAll("[0-9a-f-]{36}", "ID"));
            }
        }
        assertEquals(List.of("uploads/ID/no_te.txt", "uploads/ID/photo.png", "chats/look ID.json", "chats/look ID.md"), names);
    }

    @Test
    void files_of_a_temporary_chat_are_in_no_export() throws IOException {
        var secret = Client.json(client.upload("secret.txt", text("secret"))).get("id").asText();
        client.whole(Client.sent(client.post("/api/chat", AttachmentsTest.prompt("look", "text:2", secret).put("temporary", true))));
        try (var zip = new ZipInputStream(new ByteArrayInputStream(exported()))) {
            assertEquals(null, zip.getNextEntry());
        }
    }

    @Test
    void a_file_in_an_import_is_bounded_as_one_that_is_sent(@org.junit.jupiter.api.io.TempDir Path bounded) throws IOException {
        try (var other = Server.start(bounded, "MAX_UPLOAD_MB", "1")) {
            var bytes = new java.io.ByteArrayOutputStream();
            try (var zip = new java.util.zip.ZipOutputStream(bytes)) {
                zip.putNextEntry(new java.util.zip.ZipEntry("uploads/01900000-0000-7000-8000-000000000001/a.txt"));
                zip.write("a".repeat(2 << 20).getBytes());
            }
            var answer = other.client().sendBytes("POST", "/api/import", BodyPublishers.ofByteArray(bytes.toByteArray()),
                    BodyHandlers.ofString(), "Content-Type", "application/zip");
            assertEquals(422, answer.statusCode());
            assertTrue(answer.body().contains("at most 1 MB"), answer::body);
        }
    }

    @Test
    void an_import_takes_them_back_and_the_same_file_twice_changes_nothing(@org.junit.jupiter.api.io.TempDir Path other) throws IOException {
        talk();
        var zip = exported();
        try (var second = Server.start(other)) {
            var into = second.client();
            var answer = imported(into, zip);
            assertEquals(0, answer.get("skipped").size(), answer::toString);
            var chat = Client.json(into.get("/api/chats/" + answer.get("chats").get(0).asText()));
            var attachments = chat.get("messages").get(0).get("attachments");
            assertEquals(List.of("no_te.txt", "photo.png"), attachments.findValuesAsText("name"));
            assertArrayEquals(PHOTO, into.send("GET", "/api/uploads/" + attachments.get(1).get("id").asText(), null, BodyHandlers.ofByteArray()).body());
            assertEquals(1, imported(into, zip).get("known").size());
            try (var files = Files.list(other.resolve("uploads"))) {
                assertEquals(2, files.count());
            }
            assertEquals(2L, (long) second.database().read(sql -> sql.number("select count(*) from upload")));
        }
    }

    private static JsonNode presets(Client of) {
        var presets = Client.json(of.get("/api/presets")).get("presets");
        presets.forEach(preset -> ((ObjectNode) preset).remove("id"));
        return presets;
    }

    @Test
    void presets_come_back_as_they_were_and_the_same_twice_changes_nothing(@org.junit.jupiter.api.io.TempDir Path other) {
        client.post("/api/presets", Client.object().put("name", "All/of it").put("model", "m").put("system", "").put("temperature", 0.5)
                .put("max_tokens", 100).put("reasoning_effort", "low").put("prompt", "Sum up {{what}} ☃"));
        client.post("/api/presets", Client.object().put("name", "Nothing"));
        var zip = exported();
        assertEquals(0, imported(client, zip).get("presets").asInt());
        try (var second = Server.start(other)) {
            var into = second.client();
            var answer = imported(into, zip);
            assertEquals(2, answer.get("presets").asInt(), answer::toString);
            assertEquals(0, answer.get("skipped").size(), answer::toString);
            assertEquals(presets(client), presets(into));
            assertEquals(0, imported(into, zip).get("presets").asInt());
            assertEquals(presets(client), presets(into));
        }
    }

    @Test
    void another_preset_of_the_same_name_stays_and_one_that_is_no_preset_costs_itself_only(@org.junit.jupiter.api.io.TempDir Path other) {
        client.post("/api/presets", Client.object().put("name", "Mine").put("prompt", "a"));
        client.post("/api/presets", Client.object().put("name", "Other"));
        var zip = exported();
        try (var second = Server.start(other)) {
            var into = second.client();
            into.post("/api/presets", Client.object().put("name", "Mine").put("prompt", "b"));
            var answer = imported(into, zip);
            assertEquals(1, answer.get("presets").asInt());
            assertEquals(List.of("Mine"), answer.get("skipped").findValuesAsText("title"));
            assertEquals("b", presets(into).get(0).get("prompt").asText());
            var wrong = into.post("/api/import", Client.json("[{\"format\":\"runnel-preset/1\",\"name\":\"x\",\"temperature\":9},"
                    + "{\"format\":\"runnel-preset/1\",\"name\":\"y\"}]"));
            assertEquals(201, wrong.statusCode(), wrong::body);
            assertEquals(1, Client.json(wrong).get("skipped").size());
            assertEquals(3, presets(into).size());
        }
    }

    @Test
    void a_chat_that_is_imported_without_its_files_says_so(@org.junit.jupiter.api.io.TempDir Path other) {
        var json = client.get("/api/chats/" + talk().chat() + "/export").body();
        try (var second = Server.start(other)) {
            var answer = Client.json(second.client().send("POST", "/api/import", json, "Content-Type", "application/json"));
            assertEquals(1, answer.get("chats").size());
            assertTrue(answer.get("skipped").get(0).get("detail").asText().contains("without them"), answer::toString);
        }
    }

    @Test
    void a_chat_as_markdown_names_them() {
        var markdown = client.get("/api/chats/" + talk().chat() + "/export?format=md").body();
        assertTrue(markdown.contains("## You\n\n*Attached: no\\_te.txt*\n\n*Attached: photo.png*\n\nlook"), markdown);
    }

    @Test
    void a_backup_has_them(@org.junit.jupiter.api.io.TempDir Path other) {
        var sent = talk();
        var file = other.resolve("backup.zip");
        Backup.write(server.data(), file, false);
        Restore.from(file, other.resolve("data"));
        try (var second = Server.start(other.resolve("data"))) {
            var attachments = Client.json(second.client().get("/api/chats/" + sent.chat())).get("messages").get(0).get("attachments");
            assertArrayEquals(PHOTO, second.client().send("GET", "/api/uploads/" + attachments.get(1).get("id").asText(), null, BodyHandlers.ofByteArray()).body());
        }
    }
}
