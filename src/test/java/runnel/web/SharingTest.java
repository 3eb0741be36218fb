package runnel.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.Person;
import runnel.SseReader;
import runnel.faults.Eventually;
import runnel.upload.Samples;

/// Links by which anybody reads a chat. The visitor has nothing but the link.
class SharingTest extends WebTest {
    private static final String UNKNOWN = "A".repeat(43);

    private Person ada;
    private Client visitor;

    @Override
    protected String[] settings() {
        return new String[] {"AUTH", "accounts"};
    }

    @BeforeEach
    void people() {
        ada = Person.registered(server, "ada@example.org");
        visitor = client;
    }

    private Client.Sent answered(String prompt) {
        return read(ada.ask(prompt, "echo:1"));
    }

    private Client.Sent then(Client.Sent before, String prompt, String model) {
        return Client.sent(ada.send("POST", "/api/chat", Client.object().put("prompt", prompt).put("chat", before.chat()).put("model", model)));
    }

    private Client.Sent read(Client.Sent sent) {
        try (var reader = ada.read(sent)) {
            reader.rest();
        }
        return sent;
    }

    private String share(Client.Sent sent, ObjectNode how) {
        var made = ada.send("PUT", "/api/chats/" + sent.chat() + "/share", how);
        assertEquals(200, made.statusCode(), made.body());
        var url = Client.json(made).get("url").asText();
        assertTrue(url.startsWith(server.url("/s/").toString()), url);
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private String share(Client.Sent sent) {
        return share(sent, Client.object());
    }

    private JsonNode shown(String token) {
        var answer = visitor.get("/api/shares/" + token);
        assertEquals(200, answer.statusCode(), answer.body());
        return Client.json(answer);
    }

    private List<String> texts(String token) {
        var texts = new ArrayList<String>();
        shown(token).get("messages").forEach(message -> texts.add(message.get("content").asText()));
        return texts;
    }

    private void assertNothing(String token) {
        var unknown = visitor.get("/api/shares/" + UNKNOWN);
        var answer = visitor.get("/api/shares/" + token);
        problem(404, answer);
        assertEquals(unknown.body(), answer.body());
        assertEquals(unknown.headers().map().keySet(), answer.headers().map().keySet());
        var page = visitor.get("/s/" + token);
        assertEquals(404, page.statusCode());
        assertEquals(visitor.get("/s/" + UNKNOWN).body(), page.body());
    }

    @Test
    void who_has_the_link_reads_the_branch_without_any_login_and_learns_nothing_about_its_owner() {
        var sent = answered("hello");
        var token = share(sent);
        var answer = visitor.get("/api/shares/" + token);
        assertEquals(List.of("hello", Client.json(ada.get("/api/chats/" + sent.chat())).at("/messages/1/content").asText()), texts(token));
        assertEquals(List.of("title", "created", "expires", "messages"), List.copyOf(shown(token).properties().stream().map(java.util.Map.Entry::getKey).toList()));
        for (var secret : List.of("ada@example.org", ada.me().get("id").asText(), "Somebody", "helpful assistant")) {
            assertFalse(answer.body().contains(secret), answer.body());
        }
        assertEquals("noindex, nofollow", answer.headers().firstValue("X-Robots-Tag").orElse(""));
        assertTrue(answer.headers().firstValue("Set-Cookie").isEmpty());
        var page = visitor.get("/s/" + token, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate");
        assertEquals(200, page.statusCode());
        assertEquals("noindex, nofollow", page.headers().firstValue("X-Robots-Tag").orElse(""));
        assertEquals("no-referrer", page.headers().firstValue("Referrer-Policy").orElse(""));
    }

    @Test
    void what_becomes_of_the_chat_later_is_not_shown() {
        var first = answered("first");
        var token = share(first);
        var before = shown(token);
        read(then(first, "a secret thought", "echo:1"));
        read(Client.sent(ada.send("POST", "/api/replies/" + first.reply() + "/regenerate", Client.object())));
        ada.send("PATCH", "/api/chats/" + first.chat() + "/messages/" + first.reply(), Client.object().put("content", "rewritten"));
        ada.send("PATCH", "/api/chats/" + first.chat(), Client.object().put("title", "A new title").put("system", "Be secret"));
        assertEquals(before, shown(token));
    }

    @Test
    void a_branch_is_shared_up_to_the_message_that_was_chosen() {
        var first = answered("first");
        read(then(first, "second", "echo:1"));
        var token = share(first, Client.object().put("message", first.reply()));
        assertEquals(2, texts(token).size());
        problem(404, ada.send("PUT", "/api/chats/" + first.chat() + "/share", Client.object().put("message", answered("other").reply())));
    }

    @Test
    void a_running_reply_is_read_by_the_link_on_every_transport_from_any_cursor() {
        var sent = ada.ask("hello", "paced:20,50");
        var token = share(sent);
        var last = shown(token).at("/messages/1");
        assertEquals("streaming", last.get("status").asText());
        var whole = new StringBuilder(last.get("content").asText());
        try (var reader = visitor.read("/api/shares/" + token + "/sse/" + sent.reply() + "?after=" + last.get("cursor").asText())) {
            for (var event = reader.next().orElseThrow(); !event.name().equals("stop"); event = reader.next().orElseThrow()) {
                whole.append(event.content());
            }
        }
        assertEquals(shown(token).at("/messages/1/content").asText(), whole.toString());
        var polled = Client.json(visitor.get("/api/shares/" + token + "/poll/" + sent.reply()));
        assertEquals("stop", polled.get("events").get(polled.get("events").size() - 1).get("event").asText());
    }

    @Test
    void a_link_opens_its_own_last_reply_and_nothing_else() {
        var first = answered("first");
        var second = read(then(first, "second", "echo:1"));
        var other = answered("other");
        var token = share(second);
        for (var reply : List.of(first.reply(), first.message(), second.message(), other.reply(), NOWHERE, "x")) {
            problem(404, visitor.get("/api/shares/" + token + "/poll/" + reply));
            problem(404, visitor.get("/api/shares/" + token + "/sse/" + reply));
        }
        for (var path : List.of("/api/chats", "/api/chats/" + second.chat(), "/api/sse/" + second.reply(), "/api/shares", "/api/events", "/api/me", "/api/export",
                "/v1/models", "/api/usage")) {
            assertEquals(401, visitor.get(path).statusCode(), path);
            assertEquals(401, visitor.get(path, "Authorization", "Bearer " + token).statusCode(), path);
            assertEquals(401, visitor.get(path, "Cookie", "runnel=" + token).statusCode(), path);
        }
        for (var verb : List.of("stop", "regenerate", "continue")) {
            assertEquals(401, visitor.post("/api/replies/" + second.reply() + "/" + verb, Client.object(), "Authorization", "Bearer " + token).statusCode());
        }
    }

    private String upload(String name, byte[] content) {
        return Client.json(client.upload(name, content, "Authorization", "Bearer " + ada.token())).get("id").asText();
    }

    private Client.Sent beside(String upload, ObjectNode prompt) {
        var more = prompt.put("model", "text:1");
        more.putArray("attachments").add(upload);
        return read(Client.sent(ada.send("POST", "/api/chat", more)));
    }

    @Test
    void the_files_of_the_branch_that_is_shown_are_had_by_the_link_and_no_others() {
        model.listing(wire -> wire.json(200, "{\"data\":[{\"id\":\"text:1\",\"capabilities\":[\"vision\"]}]}"));
        ada.get("/api/models");
        var photo = upload("a photo.png", Samples.image("png", 30, 20));
        var unsent = upload("unsent.txt", Samples.text("unsent"));
        var later = upload("later.txt", Samples.text("later"));
        var first = beside(photo, Client.object().put("prompt", "look"));
        var token = share(first);
        beside(later, Client.object().put("prompt", "and this").put("chat", first.chat()));
        var elsewhere = upload("elsewhere.txt", Samples.text("elsewhere"));
        beside(elsewhere, Client.object().put("prompt", "another chat"));
        var files = "/api/shares/" + token + "/uploads/";
        assertEquals(photo, shown(token).at("/messages/0/attachments/0/id").asText());
        var mine = client.send("GET", "/api/uploads/" + photo, null, HttpResponse.BodyHandlers.ofByteArray(), "Authorization", "Bearer " + ada.token());
        var theirs = visitor.send("GET", files + photo, null, HttpResponse.BodyHandlers.ofByteArray());
        assertArrayEquals(mine.body(), theirs.body());
        for (var header : List.of("Content-Type", "Content-Disposition", "Content-Security-Policy", "X-Content-Type-Options")) {
            assertEquals(mine.headers().firstValue(header), theirs.headers().firstValue(header), header);
        }
        assertEquals("no-store", theirs.headers().firstValue("Cache-Control").orElse(""));
        assertEquals("noindex, nofollow", theirs.headers().firstValue("X-Robots-Tag").orElse(""));
        for (var other : List.of(unsent, later, elsewhere, NOWHERE, first.message())) {
            problem(404, visitor.get(files + other));
        }
        ada.send("DELETE", "/api/chats/" + first.chat() + "/share", null);
        assertEquals(visitor.get("/api/shares/" + UNKNOWN + "/uploads/" + photo).body(), visitor.get(files + photo).body());
        problem(404, visitor.get(files + photo));
    }

    @Test
    void unknown_ended_replaced_and_foreign_tokens_are_one_answer() {
        var sent = answered("hello");
        var replaced = share(sent);
        var revoked = share(sent);
        assertNothing(replaced);
        assertEquals(2, texts(revoked).size());
        assertEquals(204, ada.send("DELETE", "/api/chats/" + sent.chat() + "/share", null).statusCode());
        problem(404, ada.send("DELETE", "/api/chats/" + sent.chat() + "/share", null));
        assertNothing(revoked);
        for (var guessed : List.of("x", "%25", ada.token(), revoked.substring(1), revoked + "A", NOWHERE, "a".repeat(500))) {
            assertNothing(guessed);
        }
        assertNothing(revoked.toUpperCase(java.util.Locale.ROOT));
    }

    @Test
    void a_link_ends_when_it_expires() {
        var sent = ada.ask("hello", "silence:1");
        var token = share(sent, Client.object().put("expires", System.currentTimeMillis() + 2_000));
        try (var reader = visitor.read("/api/shares/" + token + "/sse/" + sent.reply())) {
            reader.next("message");
            assertTrue(reader.rest().stream().noneMatch(event -> event.name().equals("stop")));
        }
        assertNothing(token);
        assertEquals(1, Client.json(ada.get("/api/shares")).get("shares").size());
        WebTest.problem(422, ada.send("PUT", "/api/chats/" + sent.chat() + "/share", Client.object().put("expires", 1)));
        WebTest.problem(422, ada.send("PUT", "/api/chats/" + sent.chat() + "/share", Client.object().put("expires", "tomorrow")));
    }

    private void endsReaders(Runnable end) {
        var sent = ada.ask("hello", "silence:1");
        var token = share(sent);
        try (var reader = visitor.read("/api/shares/" + token + "/sse/" + sent.reply()); var owner = ada.read(sent)) {
            reader.next("message");
            owner.next("message");
            assertEquals(2, server.web().readers());
            ended = sent;
            end.run();
            assertTrue(reader.rest().stream().noneMatch(event -> event.name().equals("stop") && event.json().get("status").asText().equals("complete")));
        }
        assertNothing(token);
    }

    private Client.Sent ended;

    @Test
    void revoking_it_in_the_middle_ends_those_who_read_by_it_and_not_the_owner() {
        endsReaders(() -> {
            ada.send("DELETE", "/api/chats/" + ended.chat() + "/share", null);
            Eventually.holds(() -> server.web().readers() == 1);
        });
    }

    @Test
    void deleting_the_chat_ends_them_too() {
        endsReaders(() -> ada.send("DELETE", "/api/chats/" + ended.chat(), null));
    }

    @Test
    void and_deleting_the_account() {
        endsReaders(() -> ada.send("DELETE", "/api/me", Client.object().put("password", Person.PASSWORD)));
    }

    @Test
    void and_another_link_in_its_place() {
        endsReaders(() -> share(ended));
    }

    @Test
    void deleting_a_message_that_it_shows_ends_the_link_and_deleting_another_does_not() {
        var first = answered("first");
        var token = share(first);
        var second = read(then(first, "second", "echo:1"));
        assertEquals(204, ada.send("DELETE", "/api/chats/" + first.chat() + "/messages/" + second.message(), null).statusCode());
        assertEquals(2, texts(token).size());
        assertEquals(204, ada.send("DELETE", "/api/chats/" + first.chat() + "/messages/" + first.reply(), null).statusCode());
        assertNothing(token);
        assertEquals(0, Client.json(ada.get("/api/shares")).get("shares").size());
    }

    @Test
    void so_does_deleting_it_by_openai_s_api() {
        var first = answered("first");
        var second = read(then(first, "second", "echo:1"));
        var token = share(second);
        assertEquals(200, ada.send("DELETE", "/v1/responses/resp_" + first.reply().replace("-", ""), null).statusCode());
        assertNothing(token);
    }

    @Test
    void on_a_socket_a_running_reply_is_read_by_the_link_until_that_ends() throws Exception {
        var sent = ada.ask("hello", "silence:1");
        var token = share(sent);
        var frames = new java.util.concurrent.LinkedBlockingQueue<String>();
        var closed = new java.util.concurrent.CompletableFuture<Integer>();
        var listener = new java.net.http.WebSocket.Listener() {
            @Override
            public java.util.concurrent.CompletionStage<?> onText(java.net.http.WebSocket socket, CharSequence data, boolean last) {
                frames.add(data.toString());
                return java.net.http.WebSocket.Listener.super.onText(socket, data, last);
            }

            @Override
            public java.util.concurrent.CompletionStage<?> onClose(java.net.http.WebSocket socket, int status, String reason) {
                closed.complete(status);
                return null;
            }
        };
        try (var http = java.net.http.HttpClient.newHttpClient()) {
            var url = server.url("/api/shares/" + token + "/ws/" + sent.reply()).toString().replace("http:", "ws:");
            http.newWebSocketBuilder().buildAsync(java.net.URI.create(url), listener).join();
            assertTrue(frames.take().contains("\"start\""));
            assertTrue(frames.take().contains("\"message\""));
            ada.send("DELETE", "/api/chats/" + sent.chat() + "/share", null);
            closed.get(10, java.util.concurrent.TimeUnit.SECONDS);
            assertTrue(http.newWebSocketBuilder().buildAsync(java.net.URI.create(url), listener).handle((_, refused) -> refused != null).join());
        }
    }

    @Test
    void what_one_person_exported_another_imports_as_their_own() {
        var sent = answered("hello");
        var zip = client.send("GET", "/api/export", null, HttpResponse.BodyHandlers.ofByteArray(), "Authorization", "Bearer " + ada.token()).body();
        var grace = "Bearer " + Person.registered(server, "grace@example.org").token();
        var taken = importing(zip, grace);
        assertEquals(201, taken.statusCode(), taken.body());
        var chat = Client.json(taken).at("/chats/0").asText();
        assertNotEquals(sent.chat(), chat);
        assertEquals(404, ada.get("/api/chats/" + chat).statusCode());
        assertEquals(404, client.get("/api/chats/" + sent.chat(), "Authorization", grace).statusCode());
        assertEquals(chat, Client.json(importing(zip, grace)).at("/known/0").asText());
        assertEquals(1, Client.json(ada.get("/api/chats")).get("chats").size());
    }

    private HttpResponse<String> importing(byte[] zip, String bearer) {
        var request = java.net.http.HttpRequest.newBuilder(server.url("/api/import")).header("Content-Type", "application/zip").header("Authorization", bearer)
                .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(zip)).build();
        try (var http = java.net.http.HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void the_list_of_links_names_ones_own_and_shows_no_token() {
        var sent = answered("hello");
        var token = share(sent);
        var grace = Person.registered(server, "grace@example.org");
        assertEquals(0, Client.json(grace.get("/api/shares")).get("shares").size());
        problem(404, grace.send("DELETE", "/api/chats/" + sent.chat() + "/share", null));
        problem(404, grace.send("PUT", "/api/chats/" + sent.chat() + "/share", Client.object()));
        var list = ada.get("/api/shares");
        assertEquals(sent.chat(), Client.json(list).at("/shares/0/chat").asText());
        assertFalse(list.body().contains(token));
        assertEquals(2, texts(token).size());
    }

    @Test
    void a_disabled_owner_shares_nothing() {
        var grace = Person.registered(server, "grace@example.org");
        var sent = grace.ask("hello", "echo:1");
        var url = Client.json(grace.send("PUT", "/api/chats/" + sent.chat() + "/share", Client.object())).get("url").asText();
        new runnel.store.account.Accounts(server.database()).disable(grace.me().get("id").asText(), true);
        assertNothing(url.substring(url.lastIndexOf('/') + 1));
    }

    @Test
    void who_has_an_account_goes_on_in_a_copy_of_their_own() {
        var sent = answered("hello");
        read(then(sent, "more", "reasoning:1"));
        ada.send("PATCH", "/api/chats/" + sent.chat(), Client.object().put("system", "Ada's secret"));
        var token = share(sent);
        var grace = Person.registered(server, "grace@example.org");
        assertEquals(401, visitor.post("/api/shares/" + token + "/copy", Client.object()).statusCode());
        var made = grace.send("POST", "/api/shares/" + token + "/copy", null);
        assertEquals(201, made.statusCode(), made.body());
        var copy = Client.json(grace.get(made.headers().firstValue("Location").orElseThrow()));
        assertEquals(texts(token), copy.get("messages").findValuesAsText("content"));
        assertEquals(shown(token).get("messages").findValuesAsText("reasoning"), copy.get("messages").findValuesAsText("reasoning"));
        assertFalse(copy.toString().contains("secret"));
        assertEquals(1, Client.json(grace.get("/api/search?q=more")).get("hits").size());
        var on = Client.sent(grace.send("POST", "/api/chat", Client.object().put("prompt", "and now").put("chat", copy.get("id").asText()).put("model", "echo:1")));
        assertNotEquals(sent.chat(), on.chat());
        assertEquals(404, ada.get("/api/chats/" + on.chat()).statusCode());
        assertEquals(4, texts(token).size());
        problem(404, grace.send("POST", "/api/shares/" + UNKNOWN + "/copy", null));
    }

    @Test
    void a_reply_that_runs_is_copied_when_it_has_ended() {
        var sent = ada.ask("hello", "silence:1");
        var token = share(sent);
        var refused = problem(409, ada.send("POST", "/api/shares/" + token + "/copy", null));
        assertEquals(sent.reply(), refused.get("reply").asText());
        ada.send("POST", "/api/replies/" + sent.reply() + "/stop", null);
        assertEquals(201, ada.send("POST", "/api/shares/" + token + "/copy", null).statusCode());
        assertEquals(2, Client.json(ada.get("/api/chats")).get("chats").size());
    }

    @Test
    void a_long_chat_is_copied_whole_while_others_write() {
        var messages = Client.object().putArray("none");
        var file = Client.object().put("format", "runnel/1").put("title", "Long");
        file.set("messages", messages);
        IntStream.range(0, 1_001).forEach(i -> messages.addObject().put("id", "m" + i).put("role", i % 2 == 0 ? "user" : "assistant")
                .put("parent", i == 0 ? null : "m" + (i - 1)).put("content", "text " + i + " " + "x".repeat(2_000)).put("status", "complete").put("created", 1_000 + i));
        var chat = Client.json(ada.send("POST", "/api/import", file)).at("/chats/0").asText();
        var made = Client.json(ada.send("PUT", "/api/chats/" + chat + "/share", Client.object())).get("url").asText();
        var token = made.substring(made.lastIndexOf('/') + 1);
        var copied = Client.json(ada.send("POST", "/api/shares/" + token + "/copy", null)).get("chat").asText();
        assertEquals(texts(token), Client.json(ada.get("/api/chats/" + copied)).get("messages").findValuesAsText("content"));
        assertEquals(1_001, texts(token).size());
    }

    @Test
    void readers_by_a_link_take_nothing_from_the_owner() {
        server.set("MAX_STREAMS", "40").set("MAX_STREAMS_PER_USER", "5").set("MAX_READERS_PER_REPLY", "2").restart();
        ada.login(Person.PASSWORD);
        var sent = ada.ask("hello", "silence:1");
        var token = share(sent);
        var open = new ArrayList<SseReader>();
        IntStream.range(0, 30).forEach(_ -> {
            var reader = visitor.read("/api/shares/" + token + "/sse/" + sent.reply());
            assertTrue(reader.status() == 200 || reader.status() == 429, "status " + reader.status());
            open.add(reader);
        });
        Eventually.holds(() -> server.web().readers() <= 2);
        try (var own = ada.read(sent); var second = ada.read(sent)) {
            own.next("message");
            second.next("message");
        }
        open.forEach(SseReader::close);
    }

    @Test
    void the_address_that_people_type_is_in_the_link() {
        server.set("PUBLIC_URL", "https://chat.example.org").restart();
        ada.login(Person.PASSWORD);
        var sent = answered("hello");
        var made = ada.send("PUT", "/api/chats/" + sent.chat() + "/share", Client.object());
        assertTrue(Client.json(made).get("url").asText().startsWith("https://chat.example.org/s/"), made::body);
    }

    @Test
    void where_sharing_is_off_links_show_nothing_and_none_are_made() {
        var sent = answered("hello");
        var token = share(sent);
        server.set("SHARING", "off").restart();
        assertNothing(token);
        problem(403, ada.send("PUT", "/api/chats/" + sent.chat() + "/share", Client.object()));
        assertFalse(Client.json(ada.get("/api/shares")).get("sharing").asBoolean());
        assertEquals(204, ada.send("DELETE", "/api/chats/" + sent.chat() + "/share", null).statusCode());
    }

    @Test
    void another_site_reads_nothing_by_a_link() {
        var token = share(answered("hello"));
        for (HttpResponse<String> answer : List.of(visitor.get("/api/shares/" + token, "Origin", "https://evil.example"),
                visitor.get("/api/shares/" + token, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate"))) {
            problem(403, answer);
        }
    }

    @Test
    void of_a_token_only_the_hash_is_kept() throws Exception {
        var token = share(answered("hello"));
        server.close();
        try (var files = java.nio.file.Files.walk(data)) {
            for (var file : files.filter(java.nio.file.Files::isRegularFile).toList()) {
                assertFalse(new String(java.nio.file.Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1).contains(token), file::toString);
            }
        }
    }
}
