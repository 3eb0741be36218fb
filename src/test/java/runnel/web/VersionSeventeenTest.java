package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client;
import runnel.Server;
import runnel.faults.Eventually;
import runnel.store.SqliteDatabase;

/// What version 17 has written, as today's server shows it: a folder of its own making, of a process that was killed.
class VersionSeventeenTest {
    private static final String BRIDGE = "01a22403-5504-7d80-a240-595a18e64795";
    private static final String STOPPED = "01a22403-7ff7-7c64-82c1-1ed01b71e942";
    private static final String KILLED = "01a22403-854d-75c2-8316-a5db6252d968";
    private static final String KILLED_REPLY = "01a22403-854e-7ac3-b2d8-a81e8eecfb7e";
    private static final String TEMPORARY = "01a22403-6707-7b19-b3ec-e650327082da";
    private static final String NOTES = "01a22403-4f7a-7c3d-a974-408a4b2aaf2e";
    private static final String IMAGE = "01a22403-503d-7c37-a8c3-ea1443d62006";
    private static final String LINK = "HfMFIsOSNjjMDlhVTPNQsj09JnLKmfvmSiPkD0V1X8I";

    @TempDir
    Path folder;
    private Server server;
    private Client client;

    @BeforeEach
    void open() throws IOException {
        unpack(folder);
        server = Server.start(folder);
        client = server.client();
    }

    static void unpack(Path folder) throws IOException {
        try (var zip = new ZipInputStream(SqliteDatabase.class.getResourceAsStream("version-17.zip"))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var file = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.copy(zip, file);
                }
            }
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    private JsonNode chat(String id) {
        return Client.json(client.get("/api/chats/" + id));
    }

    @Test
    void its_chats_are_read_with_their_branches_files_and_parameters() {
        var chat = chat(BRIDGE);
        assertEquals("The bridge", chat.get("title").asText());
        assertTrue(chat.get("pinned").asBoolean());
        assertEquals("Answer briefly.", chat.get("system").asText());
        assertEquals(0.5, chat.get("temperature").asDouble());
        assertEquals(300, chat.get("max_tokens").asInt());
        var messages = chat.get("messages");
        assertEquals(5, messages.size());
        assertEquals(messages.get(3).get("parent"), messages.get(4).get("parent"), "the last prompt was answered twice");
        assertTrue(messages.get(3).get("reasoning").asText().startsWith("The prompt asks me to think"));
        assertEquals(List.of("notes.txt", "stripes.png"), messages.get(0).get("attachments").findValuesAsText("name"));
        assertEquals("The bridge over the Fluß is closed on Mondays.\n", client.get("/api/uploads/" + NOTES).body());
        assertEquals(109, client.send("GET", "/api/uploads/" + IMAGE, null, BodyHandlers.ofByteArray()).body().length);
        assertEquals("stopped", chat(STOPPED).at("/messages/1/status").asText());
        assertEquals("interrupted", chat(KILLED).at("/messages/1/status").asText());
    }

    @Test
    void temporary_chats_are_in_no_list_and_what_waits_goes_on_waiting() {
        assertTrue(Client.json(client.get("/api/chats")).get("chats").findValuesAsText("id").stream().noneMatch(TEMPORARY::equals));
        assertEquals(List.of("then a number, fast", "and another number, fast"),
                Client.json(client.get("/api/chats/" + KILLED + "/queue")).get("queued").findValuesAsText("prompt"));
    }

    @Test
    void its_presets_and_its_links_are_good() {
        var preset = Client.json(client.get("/api/presets")).get("presets").get(0);
        assertEquals("Terse", preset.get("name").asText());
        assertEquals("Sum up {{what | text:this}}", preset.get("prompt").asText());
        var shared = Client.json(client.get("/api/shares/" + LINK));
        assertEquals(2, shared.get("messages").size());
        assertEquals(1, Client.json(client.get("/api/shares")).get("shares").size());
    }

    @Test
    void it_is_continued_in_new_prompts_and_in_the_reply_that_was_cut_off() {
        client.whole(client.askIn(BRIDGE, "and today?", "text:3"));
        assertEquals("word0 word1 word2 ", chat(BRIDGE).get("messages").get(6).get("content").asText());
        var asked = server.upstream().questions().getLast();
        assertTrue(asked.body().toString().contains("closed on Mondays"), "the file is still told to the model");
        var before = chat(KILLED).at("/messages/1/content").asText();
        var resumed = Client.sent(client.post("/api/replies/" + KILLED_REPLY + "/continue", Client.object().put("model", "text:2")));
        client.whole(resumed);
        assertTrue(chat(KILLED).at("/messages/1/content").asText().startsWith(before));
    }

    @Test
    void it_is_searched() {
        Eventually.holds(() -> {
            var hits = Client.json(client.get("/api/search?q=br%C3%BCcke")).get("hits");
            return hits.size() == 1 && hits.get(0).get("chat").asText().equals(BRIDGE);
        });
    }

    @Test
    void it_is_exported_with_its_files_and_without_what_was_to_be_forgotten() throws IOException {
        var names = new TreeSet<String>();
        try (var zip = new ZipInputStream(client.send("GET", "/api/export", null, BodyHandlers.ofInputStream()).body())) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        assertTrue(names.containsAll(List.of("uploads/" + NOTES + "/notes.txt", "uploads/" + IMAGE + "/stripes.png", "chats/The bridge " + BRIDGE + ".json")), names::toString);
        assertTrue(names.stream().noneMatch(name -> name.contains(TEMPORARY)), names::toString);
    }
}
