package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.Client;
import runnel.faults.Eventually;

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

    private static final String LIBRECHAT_TREE = """
            {"conversationId": "c", "title": "t", "exportAt": "16:33:32 GMT+0200", "messagesTree": [{"messageId": "a", "isCreatedByUser": true,
                "text": "ask", "children": [{"messageId": "b", "text": "said", "children": []}]}]}""";
    private static final String CLAUDE = """
            {"uuid": "c", "name": "t", "created_at": "2026-01-01T00:00:00Z", "chat_messages": [
                {"uuid": "a", "sender": "human", "text": "", "content": [{"type": "text", "text": "ask"}], "created_at": "2026-01-01T00:00:00Z"},
                {"uuid": "b", "sender": "assistant", "text": "said", "content": []}]}""";

    private static final String OPEN_WEBUI_AT_FIRST = """
            {"chat": {"title": "t", "messages": [{"role": "user", "content": "ask"}, {"role": "assistant", "content": [{"type": "text", "text": "said"}]}]}}""";

    private static String zip(String... namesAndContents) throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        try (var zip = new java.util.zip.ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new java.util.zip.ZipEntry(namesAndContents[i]));
                zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void a_broken_file_in_a_zip_costs_itself_only_and_what_macos_adds_is_not_looked_at() throws IOException {
        var zip = zip("__MACOSX/._conversations.json", "\0\5", "export/Conversations.JSON", "[" + CHATGPT + "]", "export/._users.json", "\0", "broken.json", "{\"a\":",
                "more.json", CLAUDE.replace("said", "another"));
        var answer = client.sendBytes("POST", "/api/import", java.net.http.HttpRequest.BodyPublishers.ofByteArray(zip.getBytes(StandardCharsets.ISO_8859_1)),
                java.net.http.HttpResponse.BodyHandlers.ofString(), "Content-Type", "application/zip");
        assertEquals(201, answer.statusCode(), answer.body());
        var taken = Client.json(answer);
        assertEquals(2, taken.get("chats").size());
        assertEquals(List.of("broken.json"), taken.get("skipped").findValuesAsText("title"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"&gt; so\\n&gt; it is &lt;b&gt;", "> so\\n> it is &lt;b&gt;", "so\\nit is <b>"})
    void thoughts_of_open_webui_are_read_as_they_were_thought(String quoted) {
        var chat = imported(OPEN_WEBUI.replace("\"said\"", "\"<details type=\\\"reasoning\\\" done=\\\"true\\\">\\n<summary>Thought</summary>\\n" + quoted + "\\n</details>\\nsaid\""));
        assertEquals("so\nit is <b>", chat.at("/messages/1/reasoning").asText());
        assertEquals("said", chat.at("/messages/1/content").asText());
    }

    @Test
    void files_leave_a_mark_and_what_claude_wrote_beside_its_answer_is_part_of_it() {
        var chat = imported(CLAUDE.replace("\"content\": [{\"type\": \"text\", \"text\": \"ask\"}]",
                "\"content\": [{\"type\": \"text\", \"text\": \"ask\"}], \"attachments\": [{\"file_name\": \"a.txt\", \"extracted_content\": \"x\"}], \"files\": [{\"file_name\": \"b.PNG\"}]")
                .replace("\"content\": []", """
                        "content": [{"type": "text", "text": "Here:"}, {"type": "tool_use", "name": "artifacts", "input": {"title": "A page", "type": "text/html", "content": "<b>"}},
                            {"type": "tool_use", "name": "artifacts", "input": {"title": "A text", "type": "text/markdown", "content": "# Head"}},
                            {"type": "tool_use", "name": "search", "input": {"query": "q"}}, {"type": "tool_result", "content": "r"}]"""));
        assertEquals("a.txt:\n```\nx\n```\n\n[Picture]\n\nask", chat.at("/messages/0/content").asText());
        assertEquals("Here:\n\nA page:\n```\n<b>\n```\n\nA text\n\n# Head", chat.at("/messages/1/content").asText());
        var other = imported(OPEN_WEBUI.replace("\"content\": \"ask\"", "\"content\": \"ask\", \"files\": [{\"type\": \"image\", \"url\": \"x\"}, {\"type\": \"file\", \"name\": \"n.pdf\"}]"));
        assertEquals("[Picture]\n\n[File: n.pdf]\n\nask", other.at("/messages/0/content").asText());
    }

    @Test
    void what_was_pasted_or_attached_to_a_prompt_that_says_nothing_else_is_the_prompt() {
        var claude = imported(CLAUDE.replace("\"content\": [{\"type\": \"text\", \"text\": \"ask\"}]", "\"content\": [], \"attachments\": [{\"file_name\": \"\", \"extracted_content\": \"a long text\"}]"));
        assertEquals("Pasted text:\n```\na long text\n```", claude.at("/messages/0/content").asText());
        var chatGpt = imported(CHATGPT.replace("[\"ask\"]}", "[\"\"]}, \"metadata\": {\"attachments\": [{\"id\": \"x\", \"name\": \"report.pdf\"}]}"));
        assertEquals("[File: report.pdf]", chatGpt.at("/messages/0/content").asText());
    }

    @Test
    void of_a_file_without_a_chat_that_came_with_the_chats_no_more_is_said_than_that() throws IOException {
        var zip = zip("user.json", "{\"id\": \"x\"}", "message_feedback.json", "[{\"a\": 1}, {\"b\": 2}, {\"c\": 3}]", "conversations.json", "[" + CHATGPT + ", {\"odd\": 1}]");
        var answer = client.sendBytes("POST", "/api/import", java.net.http.HttpRequest.BodyPublishers.ofByteArray(zip.getBytes(StandardCharsets.ISO_8859_1)),
                java.net.http.HttpResponse.BodyHandlers.ofString(), "Content-Type", "application/zip");
        assertEquals(201, answer.statusCode(), answer.body());
        assertEquals(List.of("user.json", "message_feedback.json", ""), Client.json(answer).get("skipped").findValuesAsText("title"));
    }

    /// Each of these took hours.
    @Test
    @Timeout(120)
    void texts_that_are_made_to_be_slow_are_read_in_time() {
        var details = "<details type=\\\"reasoning\\\"".repeat(200_000);
        assertEquals(details.replace("\\", ""), imported(OPEN_WEBUI.replace("said", details)).at("/messages/1/content").asText());
        var ticks = "`".repeat(2_000_000);
        var code = chatGpt(said("user", "all", "{\"parts\": [\"ask\"]}"), said("assistant", "python", "{\"content_type\": \"code\", \"text\": \"" + ticks + "\"}"));
        assertEquals(ticks + "`\n" + ticks + "\n`" + ticks, code.get(1).get("content").asText());
        assertTrue(imported(OPEN_WEBUI.replace("said", "<think>" + "<think> ".repeat(500_000))).at("/messages/1/content").asText().startsWith("<think>"));
    }

    private JsonNode imported(String document) {
        var answer = client.send("POST", "/api/import", document, "Content-Type", "application/json");
        assertEquals(201, answer.statusCode(), answer.body());
        return Client.json(client.get("/api/chats/" + Client.json(answer).get("chats").get(0).asText()));
    }

    /// In which programs of other versions, and what is between them, put the same.
    private static final List<String> OTHER_FORMS = List.of("{\"conversations\": [" + CHATGPT + "]}", "{\"data\": [" + OPEN_WEBUI + "], \"total\": 1}", "{\"chats\": [" + CLAUDE + "]}",
            OPEN_WEBUI.substring(OPEN_WEBUI.indexOf("{\"title\""), OPEN_WEBUI.length() - 1), LIBRECHAT.replace("\"conversationId\": \"c\", ", ""),
            LIBRECHAT.replace("\"conversationId\": \"c\", \"title\": \"t\"", "\"conversation\": {\"conversationId\": \"c\", \"title\": \"t\"}"),
            CHATGPT.replace("{\"parts\": [\"said\"]}", "\"said\""), CHATGPT.replace("{\"parts\": [\"said\"]}", "{\"content_type\": \"text\", \"text\": \"said\"}"), "{\"version\": 4, \"history\": [{\"name\": \"t\", \"messages\": [{\"role\": \"user\", \"content\": \"ask\"}, {\"role\": \"assistant\", \"content\": \"said\"}]}]}");

    @Test
    void what_is_wrapped_or_written_otherwise_is_the_same() {
        OTHER_FORMS.forEach(document -> {
            var answer = Client.json(client.send("POST", "/api/import", document, "Content-Type", "application/json"));
            var id = answer.path("chats").path(0).asText(answer.path("known").path(0).asText());
            var chat = Client.json(client.get("/api/chats/" + id));
            assertEquals("t ask said", chat.get("title").asText() + " " + chat.at("/messages/0/content").asText() + " " + chat.at("/messages/1/content").asText(), document);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {RUNNEL, CHATGPT, OPEN_WEBUI, OPEN_WEBUI_AT_FIRST, LIBRECHAT, LIBRECHAT_TREE, CLAUDE})
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
        imported(RUNNEL.replace("\"created\": 1", "\"created\": 1e300").replace("ask", "ask another"));
    }

    @Test
    void one_that_is_nothing_but_brackets_is_refused() {
        problem(422, client.send("POST", "/api/import", "[" + "{},".repeat(1_900_000) + "{}]", "Content-Type", "application/json"));
        problem(413, client.send("POST", "/api/import", "[".repeat(100_000), "Content-Type", "application/json"));
    }

    @Test
    void what_no_program_exports_costs_itself_only_and_is_named() {
        var answer = client.post("/api/import", Client.json("[" + RUNNEL + ", {\"title\": \"broken\"}, 7, " + CLAUDE.replace("ask", "ask another") + "]"));
        assertEquals(201, answer.statusCode(), answer.body());
        assertEquals(2, Client.json(answer).get("chats").size());
        assertEquals("2 broken, 3 ", Client.json(answer).at("/skipped/0/entry").asText() + " " + Client.json(answer).at("/skipped/0/title").asText()
                + ", " + Client.json(answer).at("/skipped/1/entry").asText() + " " + Client.json(answer).at("/skipped/1/title").asText());
        problem(422, client.post("/api/import", Client.json("[{}, {}]")));
        assertEquals(2, Client.json(client.get("/api/chats")).get("chats").size());
    }

    @Test
    void what_breaks_off_is_refused_and_nothing_of_it_is_kept() {
        problem(400, client.send("POST", "/api/import", "[" + RUNNEL + ", " + CLAUDE, "Content-Type", "application/json"));
        problem(400, client.send("POST", "/api/import", RUNNEL + CLAUDE, "Content-Type", "application/json"));
        problem(400, client.send("POST", "/api/import", "", "Content-Type", "application/json"));
        assertEquals(0, Client.json(client.get("/api/chats")).get("chats").size());
        assertEquals(0L, server.database().<Long>read(sql -> sql.number("select count(*) from chat")));
    }

    @Test
    void the_same_file_twice_changes_nothing() {
        var file = Client.json("[" + RUNNEL + ", " + CHATGPT.replace("ask", "ask another") + ", " + CLAUDE.replace("ask", "and another") + ", " + RUNNEL + "]");
        var first = Client.json(client.post("/api/import", file));
        assertEquals(3, first.get("chats").size());
        var before = client.get("/api/chats").body();
        var again = client.post("/api/import", file);

        assertEquals(200, again.statusCode());
        assertEquals(0, Client.json(again).get("chats").size());
        assertEquals(first.get("chats"), Client.json(again).get("known"));
        assertEquals(before, client.get("/api/chats").body());
        client.send("DELETE", "/api/chats/" + first.get("chats").get(0).asText(), null);
        assertEquals(1, Client.json(client.post("/api/import", file)).get("chats").size(), "what was deleted comes back");
    }

    @Test
    void a_chat_that_is_still_here_is_not_taken_in_beside_itself_unless_its_export_says_something_else() {
        var sent = client.ask("ask", "text:3");
        client.whole(sent);
        var chat = sent.chat();
        var export = client.get("/api/chats/" + chat + "/export?format=json").body();
        assertEquals(chat, Client.json(client.post("/api/import", Client.json(export))).at("/known/0").asText());
        assertEquals(1, Client.json(client.post("/api/import", Client.json(export.replace("word2", "other")))).get("chats").size());
        client.send("DELETE", "/api/chats/" + chat, null);
        assertEquals(1, Client.json(client.post("/api/import", Client.json(export))).get("chats").size());
    }

    @Test
    void a_conversation_may_be_as_deep_as_it_is_long() {
        var tree = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            tree.append("{\"messageId\": \"m").append(i).append("\", \"isCreatedByUser\": ").append(i % 2 == 0).append(", \"text\": \"turn ").append(i).append("\", \"children\": [");
        }
        var messages = imported("{\"conversationId\": \"c\", \"title\": \"t\", \"messagesTree\": [" + tree + "]}".repeat(1_000) + "]}").get("messages");
        assertEquals(1_000, messages.size());
        assertEquals(messages.get(998).get("id"), messages.get(999).get("parent"));
    }

    @Test
    void reasoning_comes_along_wherever_an_export_has_it() {
        var libreChat = LIBRECHAT.replace("\"text\": \"said\"", "\"text\": \"\", \"content\": [{\"type\": \"think\", \"think\": {\"value\": \"hm\"}}, {\"type\": \"text\", \"text\": {\"value\": \"said\"}}]");
        var claude = CLAUDE.replace("\"content\": []", "\"content\": [{\"type\": \"thinking\", \"thinking\": \"hm\"}, {\"type\": \"tool_use\", \"input\": {}}, {\"type\": \"text\", \"text\": \"said\"}]");
        var openWebUi = OPEN_WEBUI.replace("\"content\": \"said\"", "\"content\": \"<details type=\\\"reasoning\\\" done=\\\"true\\\">\\n<summary>Thought for 2 seconds</summary>\\n> hm\\n</details>\\nsaid\"");
        var chatGpt = CHATGPT.replace("{\"author\": {\"role\": \"tool\"}, \"content\": {\"parts\": [\"left out\"]}}",
                "{\"author\": {\"role\": \"assistant\"}, \"content\": {\"content_type\": \"thoughts\", \"thoughts\": [{\"summary\": \"s\", \"content\": \"hm\"}]}}")
                .replace("\"a\": {\"message\"", "\"a\": {\"parent\": null, \"message\"");
        var both = libreChat.replace("\"text\": \"\"", "\"text\": \"said\"");
        var tags = OPEN_WEBUI.replace("\"said\"", "\"<think>\\nhm\\n</think>\\n\\nsaid\"");
        var atFirst = LIBRECHAT.replace("\"said\"", "\":::thinking\\nhm\\n:::\\n\\nsaid\"");
        for (var document : List.of(libreChat, both, atFirst, tags, claude, openWebUi, inOrder(chatGpt))) {
            var said = imported(document.replace("ask", "ask " + document.hashCode())).get("messages").get(1);
            assertEquals("hm", said.get("reasoning").asText(), document);
            assertEquals("said", said.get("content").asText(), document);
        }
    }

    /// ChatGPT's nodes, each behind its parent.
    private static String inOrder(String document) {
        var tree = (ObjectNode) Client.json(document);
        var mapping = tree.get("mapping");
        var ordered = Client.object();
        for (var id : List.of("a", "s", "b")) {
            ordered.set(id, mapping.get(id));
        }
        return tree.set("mapping", ordered).toString();
    }

    private JsonNode chatGpt(String... messages) {
        var mapping = Client.object();
        String parent = null;
        for (int i = 0; i < messages.length; i++) {
            mapping.putObject("n" + i).put("parent", parent).set("message", Client.json(messages[i]));
            parent = "n" + i;
        }
        return imported(Client.object().put("title", "t").set("mapping", mapping).toString()).get("messages");
    }

    private static String said(String role, String recipient, String content) {
        return "{\"author\": {\"role\": \"" + role + "\"}, \"recipient\": \"" + recipient + "\", \"content\": " + content + "}";
    }

    @Test
    void of_what_chatgpt_wrote_all_that_people_saw_comes_along_and_no_traffic_with_tools() {
        var messages = chatGpt(said("user", "all", "{\"content_type\": \"multimodal_text\", \"parts\": [{\"content_type\": \"image_asset_pointer\"}, \"What is it?\"]}"),
                said("assistant", "web.run", "{\"content_type\": \"code\", \"text\": \"search('x')\"}"),
                said("tool", "all", "{\"content_type\": \"tether_quote\", \"text\": \"a page\"}"),
                said("assistant", "python", "{\"content_type\": \"code\", \"language\": \"python\", \"text\": \"print('```')\"}"),
                said("tool", "all", "{\"content_type\": \"execution_output\", \"text\": \"out\"}"),
                said("assistant", "canmore.create_textdoc", "{\"content_type\": \"code\", \"text\": \"{\\\"name\\\": \\\"doc\\\", \\\"type\\\": \\\"code/rust\\\", \\\"content\\\": \\\"fn x() {}\\\"}\"}"),
                said("assistant", "all", "{\"content_type\": \"text\", \"parts\": [\"A \\ue200entity\\ue202[\\\"city\\\",\\\"Bonn\\\",0]\\ue201 map \\ue200cite\\ue202turn0\\ue201, yes 【7†source】.\"]}"),
                said("user", "all", "{\"content_type\": \"multimodal_text\", \"parts\": [{\"content_type\": \"audio_transcription\", \"text\": \"spoken\"}, {\"content_type\": \"audio_asset_pointer\"}]}"));
        assertEquals(List.of("[Picture]\n\nWhat is it?", "````python\nprint('```')\n````", "```\nout\n```", "doc\n\n```rust\nfn x() {}\n```",
                "A Bonn map, yes.", "spoken"), messages.findValuesAsText("content"));
    }

    @Test
    void the_branch_that_was_open_is_the_newest() {
        var messages = imported("""
                {"title": "t", "current_node": "b1", "mapping": {"a": {"message": {"author": {"role": "user"}, "content": {"parts": ["ask"]}}},
                    "b1": {"parent": "a", "message": {"author": {"role": "assistant"}, "content": {"parts": ["open"]}}},
                    "b2": {"parent": "a", "message": {"author": {"role": "assistant"}, "content": {"parts": ["other"]}}}}}""").get("messages");
        assertEquals(List.of("ask", "other", "open"), messages.findValuesAsText("content"));
    }

    @Test
    void while_many_messages_are_taken_in_others_are_answered() throws Exception {
        var one = "{\"id\": \"m%d\", \"parent\": \"m%d\", \"role\": \"user\", \"content\": \"" + "word ".repeat(400) + "\"}";
        var messages = IntStream.range(0, 10_000).mapToObj(i -> one.formatted(i, i - 1)).collect(Collectors.joining(","));
        var document = "{\"format\": \"runnel/1\", \"title\": \"large\", \"messages\": [" + messages + "]}";
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var importing = threads.submit(() -> client.send("POST", "/api/import", document, "Content-Type", "application/json"));
            int answered = 0;
            while (!importing.isDone()) {
                assertEquals("word0 ", client.whole(client.ask("meanwhile", "text:1")).content());
                answered++;
            }
            assertEquals(201, importing.get().statusCode(), importing.get().body());
            assertTrue(answered > 1, "others were answered meanwhile");
            assertEquals(10_000, Client.json(client.get("/api/chats/" + Client.json(importing.get()).get("chats").get(0).asText())).get("messages").size());
        }
    }

    private boolean spooledInDataFolder() {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.anyMatch(each -> target(each).startsWith(server.data().toAbsolutePath() + "/upload-"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closed) {
            return "";
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_file_that_is_being_sent_lies_in_the_data_folder_and_what_a_crash_has_left_goes_at_the_next_start() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write("POST /api/import HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n[".getBytes(StandardCharsets.US_ASCII));
            Eventually.holds(this::spooledInDataFolder);
        }
        var left = Files.writeString(server.data().resolve("upload-1234.body"), "half");
        server.restart();
        assertTrue(Files.notExists(left));
    }

    @Test
    void a_reply_that_came_without_a_prompt_is_no_fault_wherever_its_prompt_is_looked_for() {
        var made = Client.json(client.send("POST", "/api/import", """
                {"format": "runnel/1", "title": "t", "messages": [{"id": "b", "role": "assistant", "content": "said"}]}""",
                "Content-Type", "application/json"));
        var chat = Client.json(client.get("/api/chats/" + made.get("chats").get(0).asText()));
        var reply = chat.get("messages").get(0).get("id").asText();
        var again = client.post("/api/replies/" + reply + "/regenerate", Client.object());
        assertTrue(again.statusCode() < 500, again::body);
        var items = client.get("/v1/responses/resp_" + reply.replace("-", "") + "/input_items");
        assertEquals(0, Client.json(items).get("data").size(), items::body);
    }
}
