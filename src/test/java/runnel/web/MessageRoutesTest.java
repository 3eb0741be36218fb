package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import runnel.Client;

/// Deleting, editing and forking single messages.
class MessageRoutesTest extends WebTest {
    private Client.Sent answered(String prompt) {
        return read(client.ask(prompt, "echo:1"));
    }

    private Client.Sent read(Client.Sent sent) {
        try (var reader = client.read(sent)) {
            reader.rest();
        }
        return sent;
    }

    private Client.Sent then(Client.Sent before, String prompt) {
        return read(client.askIn(before.chat(), prompt, "echo:1"));
    }

    private JsonNode messages(String chat) {
        return Client.json(client.get("/api/chats/" + chat)).get("messages");
    }

    private List<String> ids(String chat) {
        return messages(chat).findValuesAsText("id");
    }

    private HttpResponse<String> delete(String chat, String message) {
        return client.send("DELETE", "/api/chats/" + chat + "/messages/" + message, null);
    }

    private HttpResponse<String> edit(Client.Sent sent, String message, String content) {
        return client.send("PATCH", "/api/chats/" + sent.chat() + "/messages/" + message, Client.object().put("content", content).toString(),
                "Content-Type", "application/json");
    }

    private HttpResponse<String> fork(Client.Sent sent, String message) {
        return client.post("/api/chats/" + sent.chat() + "/fork", Client.object().put("message", message));
    }

    private int hits(String word) {
        return Client.json(client.get("/api/search?q=" + word)).get("hits").size();
    }

    @Test
    void a_message_goes_with_what_hangs_on_it_and_nothing_else() {
        var first = answered("alpha");
        var second = then(first, "bravo");
        var third = then(second, "charlie");
        var beside = read(Client.sent(client.post("/api/replies/" + first.reply() + "/regenerate", Client.object())));
        assertEquals(204, delete(first.chat(), second.message()).statusCode());
        assertEquals(List.of(first.message(), first.reply(), beside.reply()), ids(first.chat()));
        problem(404, delete(first.chat(), third.reply()));
        problem(404, client.get("/api/sse/" + third.reply()));
        assertEquals(204, delete(first.chat(), first.message()).statusCode());
        assertEquals(List.of(), ids(first.chat()));
        assertEquals(200, read(client.askIn(first.chat(), "again", "echo:1")).sse().isEmpty() ? 0 : 200);
    }

    @Test
    void it_is_found_by_no_search_and_is_in_no_file() throws Exception {
        var first = answered("alpha");
        var second = then(first, "zzsecretzz");
        assertTrue(hits("zzsecretzz") > 0);
        delete(first.chat(), second.message());
        assertEquals(0, hits("zzsecretzz"));
        assertEquals(0, Client.json(client.get("/api/chats?q=zzsecretzz")).get("chats").size());
        assertTrue(hits("alpha") > 0);
        server.close();
        try (var files = Files.walk(data)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("zzsecretzz"), file::toString);
            }
        }
    }

    @Test
    void while_a_reply_among_them_runs_nothing_is_deleted() {
        var sent = answered("hello");
        var running = client.askIn(sent.chat(), "more", "silence:1");
        for (var message : List.of(sent.message(), sent.reply(), running.message(), running.reply())) {
            assertEquals(running.reply(), problem(409, delete(sent.chat(), message)).get("reply").asText());
        }
        client.post("/api/replies/" + running.reply() + "/stop", Client.object());
        assertEquals(204, delete(sent.chat(), running.message()).statusCode());
        assertEquals(2, ids(sent.chat()).size());
    }

    @Test
    void beside_one_that_runs_another_branch_may_go() {
        var sent = answered("hello");
        var beside = Client.sent(client.post("/api/replies/" + sent.reply() + "/regenerate", Client.object().put("model", "silence:1")));
        assertEquals(204, delete(sent.chat(), sent.reply()).statusCode());
        assertEquals(List.of(sent.message(), beside.reply()), ids(sent.chat()));
    }

    @Test
    void what_is_not_there_or_in_another_chat_is_not_deleted() {
        var one = answered("one");
        var other = answered("other");
        for (var message : List.of(NOWHERE, other.reply(), one.chat(), "x")) {
            problem(404, delete(one.chat(), message));
        }
        problem(404, delete(NOWHERE, one.message()));
        assertEquals(2, ids(other.chat()).size());
    }

    @Test
    void who_knows_the_chat_is_sent_it_anew() {
        var first = answered("alpha");
        then(first, "bravo");
        var known = Client.json(client.get("/api/chats/" + first.chat())).get("version").asText();
        delete(first.chat(), first.reply());
        var fresh = Client.json(client.get("/api/chats/" + first.chat() + "?since=" + known));
        assertFalse(fresh.get("partial").asBoolean());
        assertEquals(1, fresh.get("messages").size());
    }

    @Test
    void of_deleting_and_asking_at_the_same_time_neither_is_half_done() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                var sent = answered("hello");
                var asked = threads.submit((Callable<HttpResponse<String>>) () -> client.post("/api/chat",
                        Client.object().put("prompt", "more").put("chat", sent.chat()).put("parent", sent.reply()).put("model", "echo:1")));
                int deleted = delete(sent.chat(), sent.reply()).statusCode();
                if (asked.get().statusCode() == 201) {
                    read(Client.sent(asked.get()));
                }
                assertTrue(deleted == 204 && asked.get().statusCode() == 404 || deleted == 409 && asked.get().statusCode() == 201
                        || deleted == 204 && asked.get().statusCode() == 201, deleted + " " + asked.get().body());
                for (var message : messages(sent.chat())) {
                    var parent = message.get("parent").asText(null);
                    assertTrue(parent == null || ids(sent.chat()).contains(parent), "a message hangs on nothing");
                }
            }
        }
    }

    @Test
    void a_reply_is_edited_by_another_version_beside_it() {
        var sent = answered("hello");
        var edited = edit(sent, sent.reply(), "  What I wanted to *read*  ");
        assertEquals(201, edited.statusCode(), edited.body());
        var version = Client.json(edited);
        assertEquals("What I wanted to *read*", version.get("content").asText());
        assertEquals(sent.message(), version.get("parent").asText());
        assertEquals("edited", version.get("finish_reason").asText());
        assertEquals(3, ids(sent.chat()).size());
        assertTrue(hits("wanted") > 0);
        then(sent, "and then");
        assertTrue(model.questions().getLast().body().toString().contains("What I wanted"), "the model reads the newest branch");
        problem(409, client.post("/api/replies/" + version.get("id").asText() + "/continue", Client.object()));
    }

    @Test
    void neither_a_prompt_nor_a_running_reply_is_edited_nor_what_is_not_there() {
        var sent = client.ask("hello", "silence:1");
        problem(409, edit(sent, sent.message(), "x"));
        problem(409, edit(sent, sent.reply(), "x"));
        problem(404, edit(sent, NOWHERE, "x"));
        problem(422, edit(sent, sent.reply(), "  "));
        problem(422, edit(sent, sent.reply(), "x".repeat(1_000_001)));
    }

    @Test
    void a_chat_is_forked_at_any_message_with_all_that_led_there() {
        var first = answered("alpha");
        var second = then(first, "bravo");
        client.send("PATCH", "/api/chats/" + first.chat(), Client.object().put("system", "Be brief").put("title", "Alphabet").toString(), "Content-Type", "application/json");
        var made = fork(first, first.reply());
        assertEquals(201, made.statusCode(), made.body());
        var forked = Client.json(client.get("/api/chats/" + Client.json(made).get("chat").asText()));
        assertEquals("Be brief", forked.get("system").asText());
        assertEquals("Alphabet", forked.get("title").asText());
        assertEquals(2, forked.get("messages").size());
        var old = messages(first.chat());
        for (int i = 0; i < 2; i++) {
            for (var field : List.of("role", "content", "reasoning", "status", "model", "usage", "created", "finish_reason")) {
                assertEquals(old.get(i).get(field), forked.get("messages").get(i).get(field), field);
            }
        }
        var on = read(client.askIn(forked.get("id").asText(), "other", "echo:1"));
        assertEquals(4, ids(on.chat()).size());
        assertEquals(4, ids(second.chat()).size());
        assertEquals(4, Client.json(client.get("/api/chats/" + on.chat())).get("messages").size());
        problem(404, fork(first, on.reply()));
        problem(404, fork(first, NOWHERE));
        problem(422, client.post("/api/chats/" + first.chat() + "/fork", Client.object()));
    }

    @Test
    void a_fork_at_a_running_reply_waits_for_its_end() {
        var sent = client.ask("hello", "silence:1");
        problem(409, fork(sent, sent.reply()));
        assertEquals(201, fork(sent, sent.message()).statusCode());
        assertEquals(2, Client.json(client.get("/api/chats")).get("chats").size());
    }

    @Test
    void the_same_fork_twice_is_two_chats() {
        var sent = answered("hello");
        fork(sent, sent.reply());
        fork(sent, sent.reply());
        assertEquals(3, Client.json(client.get("/api/chats")).get("chats").size());
    }

    @Test
    void in_an_export_of_everything_chats_are_called_by_their_titles() {
        var sent = answered("../../Ünïcode\u202E title");
        var zip = client.send("GET", "/api/export", null, java.net.http.HttpResponse.BodyHandlers.ofByteArray());
        var names = new java.util.ArrayList<String>();
        try (var in = new java.util.zip.ZipInputStream(new java.io.ByteArrayInputStream(zip.body()))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                names.add(entry.getName());
            }
        } catch (java.io.IOException impossible) {
            throw new AssertionError(impossible);
        }
        assertEquals(List.of("chats/Ünïcode title " + sent.chat() + ".json", "chats/Ünïcode title " + sent.chat() + ".md"), names);
    }
}
