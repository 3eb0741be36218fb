package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.Client;
import runnel.Follower;
import runnel.Nasty;

class ChatsApiTest extends WebTest {
    private JsonNode get(String path) {
        var answer = client.get(path);
        assertEquals(200, answer.statusCode(), answer.body());
        return Client.json(answer);
    }

    private Client.Sent answered(String prompt) {
        var sent = client.ask(prompt, "text:1");
        client.whole(sent);
        return sent;
    }

    private List<String> titles(String query) {
        var titles = new ArrayList<String>();
        get("/api/chats" + query).get("chats").forEach(chat -> titles.add(chat.get("title").asText()));
        return titles;
    }

    @Test
    void a_chat_is_shown_with_its_messages_in_order() {
        var sent = answered("hello");
        client.whole(client.askIn(sent.chat(), "more", "text:1"));
        var chat = get("/api/chats/" + sent.chat());

        assertEquals("hello", chat.get("title").asText());
        assertEquals("You are a helpful assistant", chat.get("system").asText());
        assertEquals(List.of("user", "assistant", "user", "assistant"), chat.get("messages").findValuesAsText("role"));
        assertEquals(List.of("hello", "word0 ", "more", "word0 "), chat.get("messages").findValuesAsText("content"));
        var reply = chat.get("messages").get(1);
        assertEquals(sent.reply(), reply.get("id").asText());
        assertEquals(sent.message(), reply.get("parent").asText());
        assertEquals("complete", reply.get("status").asText());
        assertEquals(10, reply.get("usage").get("total_tokens").asInt());
        assertFalse(reply.has("cursor"));
        assertEquals(sent.reply(), chat.get("messages").get(2).get("parent").asText());
    }

    @Test
    void what_is_told_behind_the_place_of_a_list_is_what_is_not_in_it() {
        assertEquals("[]", told(get("/api/chats").get("events").asText()).toString());
        answered("before");
        var place = get("/api/chats").get("events").asText();
        assertEquals("[]", told(place).toString());
        var after = answered("after");
        assertEquals(Set.of(after.chat()), Set.copyOf(told(place).findValuesAsText("chat")));
    }

    private JsonNode told(String place) {
        return get("/api/events/poll?wait=0&after=" + place).get("events");
    }

    @Test
    void the_cursor_of_a_running_reply_belongs_to_exactly_the_text_beside_it() {
        var random = new Random(3);
        var text = Nasty.text(random, 300);
        var script = model.script();
        var sent = client.ask("hello", "x");
        var shown = new ArrayList<Follower.Known>();
        for (var piece : Nasty.pieces(random, text, 12)) {
            script.send(piece);
            var message = client.message(sent);
            assertEquals("streaming", message.get("status").asText());
            shown.add(new Follower.Known(message.get("cursor").asText(), message.get("content").asText(), message.get("reasoning").asText()));
        }
        script.finish();
        for (var place : shown) {
            var follower = Follower.at(place);
            try (var reader = client.read(sent.sse() + "?after=" + place.cursor())) {
                follower.readAll(reader);
            }
            assertEquals(Nasty.stored(text), follower.content());
            assertEquals(List.of(true), follower.greetings());
        }
    }

    private JsonNode since(String chat, JsonNode known) {
        return get("/api/chats/" + chat + "?since=" + known.get("version").asText());
    }

    @Test
    void who_knows_a_version_of_a_chat_is_sent_what_came_behind_it() {
        var sent = answered("hello");
        var known = get("/api/chats/" + sent.chat());
        assertFalse(known.get("partial").asBoolean());

        var same = since(sent.chat(), known);
        assertTrue(same.get("partial").asBoolean());
        assertEquals(0, same.get("messages").size());
        assertEquals("hello", same.get("title").asText());
        assertEquals(known.get("version"), same.get("version"));

        client.whole(client.askIn(sent.chat(), "more", "text:1"));
        var newer = since(sent.chat(), known);
        assertTrue(newer.get("partial").asBoolean());
        assertEquals(List.of("more", "word0 "), newer.get("messages").findValuesAsText("content"));
        assertEquals(0, since(sent.chat(), newer).get("messages").size());
    }

    @Test
    void a_running_reply_is_sent_again_until_it_has_ended() throws Exception {
        var sent = answered("hello");
        var script = model.script();
        var running = client.askIn(sent.chat(), "more", "x");
        script.send("some");
        var known = get("/api/chats/" + sent.chat());
        assertEquals(List.of(running.reply()), since(sent.chat(), known).get("messages").findValuesAsText("id"));
        script.send(" text");
        script.finish();
        client.whole(running);
        assertEquals(List.of("some text"), since(sent.chat(), known).get("messages").findValuesAsText("content"));
    }

    @Test
    void where_a_message_of_the_known_version_has_changed_or_there_never_was_one_everything_is_sent() throws Exception {
        var script = model.script();
        var sent = client.ask("hello", "x");
        script.send("some");
        client.post("/api/replies/" + sent.reply() + "/stop", Client.object());
        client.whole(sent);
        var known = get("/api/chats/" + sent.chat());
        var more = model.script();
        client.post("/api/replies/" + sent.reply() + "/continue", Client.object());
        more.awaitAsked();
        assertFalse(since(sent.chat(), known).get("partial").asBoolean());
        client.post("/api/replies/" + sent.reply() + "/stop", Client.object());
        client.whole(sent);
        assertEquals(2, since(sent.chat(), known).get("messages").size());

        var other = get("/api/chats/" + answered("other").chat());
        assertEquals(2, since(sent.chat(), other).get("messages").size());
        for (var never : List.of("", "x", "1.2", "2.1." + "9".repeat(30), "-1.-1.", "9".repeat(30) + ".1.x")) {
            assertEquals(2, get("/api/chats/" + sent.chat() + "?since=" + never).get("messages").size(), never);
        }
    }

    @Test
    void the_list_is_newest_first_and_a_new_message_brings_a_chat_to_the_top() {
        var first = answered("first");
        answered("second");
        assertEquals(List.of("second", "first"), titles(""));
        client.whole(client.askIn(first.chat(), "more", "text:1"));
        assertEquals(List.of("first", "second"), titles(""));
    }

    @Test
    void words_are_sought_in_titles_and_messages_in_any_case() {
        answered("Über die Brücke");
        answered("something else");
        assertEquals(List.of("Über die Brücke"), titles("?q=BR%C3%9CCKE"));
        assertEquals(2, titles("?q=WORD0").size());
        assertEquals(List.of(), titles("?q=nowhere"));
        assertEquals(2, titles("?q=%20").size());
    }

    @Test
    void pages_follow_each_other_without_loss_or_repetition() {
        for (int i = 0; i < 11; i++) {
            answered("chat " + i);
        }
        var seen = new ArrayList<String>();
        var page = get("/api/chats?limit=4");
        seen.addAll(page.get("chats").findValuesAsText("id"));
        while (!page.get("cursor").isNull()) {
            page = get("/api/chats?limit=4&cursor=" + page.get("cursor").asText());
            seen.addAll(page.get("chats").findValuesAsText("id"));
        }
        assertEquals(11, seen.size());
        assertEquals(11, new HashSet<>(seen).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=many", "limit=99999999999", "cursor=nonsense", "cursor=%21", "cursor=MS4x", "cursor=MS54Lng"})
    void a_page_that_cannot_be_is_400(String query) {
        problem(400, client.get("/api/chats?" + query));
    }

    @Test
    void what_can_be_changed_is_changed_and_nothing_else() {
        var sent = answered("hello");
        var path = "/api/chats/" + sent.chat();
        var answer = client.send("PATCH", path, "{\"title\":\" new \",\"pinned\":true,\"id\":\"x\",\"owner\":\"y\",\"created\":1}", "Content-Type", "application/json");
        assertEquals(200, answer.statusCode());
        var chat = get(path);

        assertEquals("new", chat.get("title").asText());
        assertTrue(chat.get("pinned").asBoolean());
        assertEquals(sent.chat(), chat.get("id").asText());
        assertTrue(chat.get("created").asLong() > 1);
        problem(422, client.send("PATCH", path, "{\"title\":\"\",\"pinned\":\"yes\"}", "Content-Type", "application/json"));
        assertEquals("new", get(path).get("title").asText());
    }

    @Test
    void changes_that_come_at_once_do_not_lose_each_other() throws Exception {
        var path = "/api/chats/" + answered("hello").chat();
        for (int i = 0; i < 20; i++) {
            boolean on = i % 2 == 0;
            var bodies = List.of("{\"title\":\"title " + i + "\"}", "{\"pinned\":" + on + "}", "{\"archived\":" + on + "}",
                    "{\"system\":\"system " + i + "\"}", "{\"model\":" + (on ? "\"m\"" : "null") + "}");
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var answer : threads.invokeAll(bodies.stream().<Callable<Integer>>map(body -> () ->
                        client.send("PATCH", path, body, "Content-Type", "application/json").statusCode()).toList())) {
                    assertEquals(200, answer.get());
                }
            }
            var chat = get(path);
            assertEquals(List.of("title " + i, "system " + i, on ? "m" : "null"),
                    List.of(chat.get("title").asText(), chat.get("system").asText(), chat.get("model").asText()));
            assertEquals(List.of(on, on), List.of(chat.get("pinned").asBoolean(), chat.get("archived").asBoolean()));
        }
    }

    @Test
    void a_deleted_chat_is_gone_with_its_replies() {
        var sent = answered("hello");
        assertEquals(204, client.send("DELETE", "/api/chats/" + sent.chat(), null).statusCode());
        problem(404, client.get("/api/chats/" + sent.chat()));
        problem(404, client.get(sent.sse()));
        problem(404, client.send("DELETE", "/api/chats/" + sent.chat(), null));
        assertEquals(List.of(), titles(""));
    }

    @Test
    void deleting_a_chat_ends_the_reply_that_runs_in_it() throws Exception {
        var script = model.script();
        var sent = client.ask("hello", "x");
        script.awaitAsked();
        try (var reader = client.read(sent)) {
            reader.next("start");
            assertEquals(204, client.send("DELETE", "/api/chats/" + sent.chat(), null).statusCode());
            assertEquals("stopped", reader.next("stop").json().get("status").asText());
        }
        model.questions().getFirst().awaitHangUp();
    }

    @Test
    void a_chat_is_exported_as_json_and_as_markdown() {
        var sent = answered("hello\nworld");
        var json = client.get("/api/chats/" + sent.chat() + "/export");
        var md = client.get("/api/chats/" + sent.chat() + "/export?format=md");

        assertEquals(2, Client.json(json).get("messages").size());
        assertTrue(json.headers().firstValue("Content-Disposition").orElse("").startsWith("attachment"));
        assertTrue(md.body().startsWith("# hello\n"), md.body());
        assertTrue(md.body().contains("word0"), md.body());
        assertTrue(md.headers().firstValue("Content-Type").orElse("").startsWith("text/markdown"));
        problem(400, client.get("/api/chats/" + sent.chat() + "/export?format=exe"));
    }

    @Test
    void a_chat_with_long_messages_is_shown_and_exported_whole() {
        var texts = new ArrayList<String>();
        var messages = new ArrayList<String>();
        for (int i = 0; i < 300; i++) {
            texts.add("text " + i + " ä😀".repeat(i % 7 == 0 ? 50_000 : 10));
            messages.add("{\"id\": \"m%d\", \"parent\": \"m%d\", \"role\": \"user\", \"content\": \"%s\"}".formatted(i, i - 1, texts.getLast()));
        }
        var imported = client.send("POST", "/api/import", "{\"format\": \"runnel/1\", \"title\": \"t\", \"messages\": ["
                + String.join(",", messages) + "]}", "Content-Type", "application/json");
        var path = "/api/chats/" + Client.json(imported).get("chats").get(0).asText();

        assertEquals(texts, get(path).get("messages").findValuesAsText("content"));
        var markdown = client.get(path + "/export?format=md").body();
        assertEquals("# t\n" + texts.stream().map(text -> "\n## You\n\n" + text + "\n").reduce("", String::concat), markdown);
    }

    @Test
    void models_are_those_of_the_upstream_with_a_default() {
        var models = get("/api/models");
        assertEquals("text:3", models.get("models").get(0).get("id").asText());
        assertEquals("text:3", models.get("default").asText());
    }
}
