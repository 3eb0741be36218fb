package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import runnel.Client;
import runnel.faults.Eventually;

/// Files that were written to be expensive.
class HostileImportTest extends WebTest {
    private static final String CHAT = """
            {"format": "runnel/1", "title": "t", "messages": [{"id": "a", "role": "user", "content": "said"}]}""";

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
    void a_time_that_cannot_be_is_now_or_the_first_there_is() {
        for (var time : List.of("9e300", "-9e300", "1e17", "\"+999999999-01-01T00:00:00Z\"", "253402300800")) {
            var message = imported(Client.json("""
                    {"format": "runnel/1", "title": "t", "created": TIME, "messages": [
                        {"id": "a", "role": "user", "content": "TIME", "created": TIME}]}""".replace("\"TIME\"", "\"said " + time.hashCode() + "\"")
                    .replace("TIME", time))).get(0);
            long created = message.get("created").asLong();
            assertTrue(created >= 0 && created <= System.currentTimeMillis(), time + " is " + created);
        }
        Client.json(client.get("/api/chats")).get("chats").forEach(chat ->
                assertTrue(chat.get("updated").asLong() <= System.currentTimeMillis(), chat::toString));
    }

    private JsonNode skipped(String document) {
        var answer = client.send("POST", "/api/import", document, "Content-Type", "application/json");
        assertEquals(201, answer.statusCode(), answer.body());
        return Client.json(answer).get("skipped");
    }

    @Test
    void what_was_not_taken_is_named_by_the_beginning_of_its_title() {
        var skipped = skipped("[" + CHAT + ", " + "{\"title\": \"%s\"},".formatted("a".repeat(100_000)).repeat(20) + "{}]");
        assertEquals(21, skipped.size());
        assertEquals("a".repeat(200), skipped.get(0).get("title").asText());
    }

    @Test
    void a_list_of_chats_stands_in_one_object_and_not_in_many() {
        var skipped = skipped("[" + CHAT + ", " + "{\"data\": [".repeat(2_400) + "{}" + "]}".repeat(2_400) + "]");
        assertEquals(1, skipped.size());
    }

    @Test
    void what_stands_deep_inside_is_not_looked_for() {
        var deep = "[".repeat(2_400) + "]".repeat(2_400);
        assertEquals(0, skipped(CHAT.replace("\"said\"", "\"said\", \"attachments\": " + deep)).size());
        imported(Client.json("{\"title\": \"t\", \"mapping\": {\"a\": {\"message\": {\"author\": {\"role\": \"tool\"}, \"content\": {"
                + "\"content_type\": \"multimodal_text\", \"parts\": [{\"content_type\": \"image_asset_pointer\"}, [[[]]]]}}}}}"));
    }

    @Test
    void thoughts_belong_to_one_reply_however_many_come_of_them() {
        var mapping = Client.object();
        mapping.putObject("thought").set("message", Client.json("{\"author\": {\"role\": \"assistant\"}, \"content\": {\"content_type\": \"thoughts\", "
                + "\"thoughts\": [{\"content\": \"" + "hm ".repeat(1_000_000) + "\"}]}}"));
        for (int i = 0; i < 400; i++) {
            mapping.putObject("n" + i).put("parent", "thought").set("message",
                    Client.json("{\"author\": {\"role\": \"assistant\"}, \"content\": {\"parts\": [\"said\"]}}"));
        }
        var messages = imported(Client.object().put("title", "t").set("mapping", mapping));
        assertEquals(400, messages.size());
        assertEquals(1, messages.findValues("reasoning").stream().filter(reasoning -> !reasoning.asText().isEmpty()).count());
    }

    @Test
    void what_a_zip_has_besides_chats_counts_among_what_it_unfolds_to() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.setLevel(Deflater.BEST_SPEED);
            zip.putNextEntry(new ZipEntry("x.txt"));
            var piece = new byte[1 << 20];
            for (int i = 0; i < 2_050; i++) {
                zip.write(piece);
            }
            zip.putNextEntry(new ZipEntry("chat.json"));
            zip.write(CHAT.getBytes(StandardCharsets.UTF_8));
        }
        problem(413, client.sendBytes("POST", "/api/import", BodyPublishers.ofByteArray(bytes.toByteArray()), BodyHandlers.ofString(),
                "Content-Type", "application/zip"));
        assertEquals(0, Client.json(client.get("/api/chats")).get("chats").size());
    }

    @Test
    void an_import_ends_when_its_client_leaves() throws IOException {
        var many = IntStream.range(0, 5_000).mapToObj(i -> CHAT.replace("said", "said " + i)).collect(Collectors.joining(",", "[", "]"));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(("POST /api/import HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                    + many.length() + "\r\n\r\n" + many).getBytes(StandardCharsets.US_ASCII));
            Eventually.holds(() -> server.database().<Long>read(sql -> sql.number("select count(*) from chat")) > 0);
        }
        Eventually.holds(() -> client.send("POST", "/api/import", CHAT, "Content-Type", "application/json").statusCode() == 201);
        assertEquals(1L, server.database().<Long>read(sql -> sql.number("select count(*) from chat where owner not like 'import %' and owner <> 'deleted'")));
    }

    @Test
    @Timeout(60)
    void a_text_is_read_in_a_time_that_grows_as_it_does() {
        for (var piece : List.of("<details type=\"", "<details type=\"a\"", "<details type=\"reasoning\">", "<details ", "</details>", "</summary>")) {
            assertEquals(1, openWebUi(piece.repeat(800_000 / piece.length())).size(), piece);
        }
        for (var piece : Stream.of("\ue200", "\u3010", "\u3010\u2020", "\ue200a\ue201b", " ").toList()) {
            assertEquals(1, chatGpt("text", "\ue200" + "a".repeat(500_000) + "." + piece.repeat(200_000) + ".").size(), piece);
        }
        assertEquals(1, chatGpt("code", "`".repeat(500_000) + "x").size());
    }
}
