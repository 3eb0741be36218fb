package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.Person;

/// Tags and the archive.
class TagsTest extends WebTest {
    private Client.Sent chat(String prompt) {
        var sent = client.ask(prompt, "text:1");
        client.whole(sent);
        return sent;
    }

    private static ObjectNode tags(String... tags) {
        var body = Client.object();
        List.of(tags).forEach(body.putArray("tags")::add);
        return body;
    }

    private HttpResponse<String> patch(Client.Sent chat, JsonNode body) {
        return client.send("PATCH", "/api/chats/" + chat.chat(), body.toString(), "Content-Type", "application/json");
    }

    private List<String> tagsOf(Client.Sent chat) {
        return Client.json(client.get("/api/chats/" + chat.chat())).get("tags").valueStream().map(JsonNode::asText).toList();
    }

    private List<String> listed(String query) {
        return Client.json(client.get("/api/chats?" + query)).get("chats").findValuesAsText("title");
    }

    private static String q(String text) {
        return "q=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void a_chat_has_the_tags_that_it_was_given_last_in_small_letters() {
        var chat = chat("hello");
        assertEquals(List.of(), tagsOf(chat));
        var changed = patch(chat, tags(" Work ", "Two  Words", "<b>&"));
        assertEquals(200, changed.statusCode());
        assertEquals(List.of("work", "two words", "<b>&"), tagsOf(chat));
        assertEquals(Client.json(changed).get("tags").size(), 3);
        patch(chat, Client.object().put("title", "other"));
        assertEquals(3, tagsOf(chat).size(), "what is not named stays");
        patch(chat, tags());
        assertEquals(List.of(), tagsOf(chat));
    }

    @Test
    void the_list_of_a_tag_has_the_chats_with_exactly_this_one() {
        patch(chat("one"), tags("work", "a"));
        patch(chat("two"), tags("work"));
        patch(chat("three"), tags("workshop", "50%"));
        assertEquals(List.of("two", "one"), listed("tag=WORK"));
        assertEquals(List.of("one"), listed("tag=a"));
        assertEquals(List.of("three"), listed("tag=50%25"));
        assertEquals(List.of(), listed("tag=5_%25"));
        assertEquals(List.of("one"), listed("tag=work&" + q("one")));
        assertEquals(List.of("two", "one"), listed(q("tag:work")));
        assertEquals(List.of("three"), listed(q("three tag:workshop")));
        assertEquals(List.of(), listed(q("one tag:workshop")));
        problem(400, client.get("/api/chats?tag=a,b"));
        problem(400, client.get("/api/chats?tag="));
        assertEquals(2, Client.json(client.get("/api/search?" + q("word0 tag:work"))).get("hits").size());
    }

    @Test
    void a_tag_is_found_in_quotation_marks_where_it_has_two_words() {
        patch(chat("one"), tags("two words"));
        assertEquals(List.of("one"), listed(q("tag:\"two words\"")));
    }

    @Test
    void too_many_too_long_twice_or_with_a_comma_they_are_refused_and_nothing_changes() {
        var chat = chat("hello");
        patch(chat, tags("kept"));
        var many = IntStream.range(0, 21).mapToObj(i -> "t" + i).toArray(String[]::new);
        for (var wrong : List.of(tags(many), tags("x".repeat(51)), tags("a", "a"), tags("a", "A "), tags("a,b"), tags("a\"b"), tags(""), tags("\u0001"),
                Client.object().put("tags", "a"), Client.object().set("tags", Client.object().putArray("x").add(1)))) {
            assertEquals("tags", problem(422, patch(chat, wrong.deepCopy())).get("errors").get(0).get("field").asText(), wrong::toString);
        }
        assertEquals(List.of("kept"), tagsOf(chat));
        assertEquals(200, patch(chat, tags("😀".repeat(50))).statusCode());
    }

    @Test
    void an_archived_chat_is_in_the_list_of_the_archive_and_found_and_in_no_other_list() {
        chat("one");
        patch(chat("two"), Client.object().put("archived", true));
        assertEquals(List.of("one"), listed(""));
        assertEquals(List.of("two"), listed("archived=true"));
        assertEquals(List.of("one"), listed("archived=false"));
        assertEquals(List.of("two", "one"), listed(q("word0")));
        assertEquals(List.of("one"), listed("archived=false&" + q("word0")));
        assertEquals(List.of("two"), listed(q("archived:yes")));
        assertEquals(List.of(), listed(q("?!")), "where nothing can be found, nothing is");
        problem(400, client.get("/api/chats?archived=maybe"));
    }

    @Test
    void tags_are_in_an_export_and_come_back_by_an_import() {
        var chat = chat("hello");
        patch(chat, tags("work", "a*b"));
        var file = client.get("/api/chats/" + chat.chat() + "/export?format=json").body();
        assertTrue(client.get("/api/chats/" + chat.chat() + "/export?format=md").body().contains("*Tags: work, a\\*b*"));
        var odd = ((ObjectNode) Client.json(file)).put("title", "odd");
        client.send("DELETE", "/api/chats/" + chat.chat(), null);
        odd.putArray("tags").add("Good").add("bad,").add(7).add("good").add("x".repeat(60));
        for (var each : List.of(Client.json(file), odd)) {
            assertEquals(201, client.post("/api/import", each).statusCode());
        }
        assertEquals(List.of("work", "a*b"), tags("hello", 0));
        assertEquals(List.of("good", "7"), tags("odd", 0));
    }

    @Test
    void some_chats_are_exported_as_one_zip_with_their_files_alone() throws Exception {
        var chats = new java.util.ArrayList<String>();
        for (var name : List.of("one", "two", "three")) {
            var file = Client.json(client.upload(name + ".txt", name.getBytes(StandardCharsets.UTF_8))).get("id").asText();
            var body = Client.object().put("prompt", name).put("model", "text:1");
            body.putArray("attachments").add(file);
            chats.add(Client.sent(client.post("/api/chat", body)).chat());
        }
        var answer = client.send("GET", "/api/export?chats=" + chats.get(0) + "," + chats.get(2), null, java.net.http.HttpResponse.BodyHandlers.ofByteArray());
        var names = new java.util.ArrayList<String>();
        try (var zip = new java.util.zip.ZipInputStream(new java.io.ByteArrayInputStream(answer.body()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName().replaceAll("[0-9a-f-]{36}", "ID"));
            }
        }
        assertEquals(List.of("uploads/ID/one.txt", "uploads/ID/three.txt", "chats/one ID.json", "chats/one ID.md", "chats/three ID.json", "chats/three ID.md"), names);
        problem(404, client.get("/api/export?chats=" + chats.getFirst() + "," + NOWHERE));
        problem(404, client.get("/api/export?chats="));
        problem(400, client.get("/api/export?chats=" + IntStream.range(0, 201).mapToObj(Integer::toString).collect(java.util.stream.Collectors.joining(","))));
    }

    private List<String> tags(String title, int place) {
        return Client.json(client.get("/api/chats")).get("chats").valueStream().filter(each -> each.get("title").asText().equals(title))
                .map(each -> each.get("tags").valueStream().map(JsonNode::asText).toList()).toList().get(place);
    }

    @Test
    void nobody_tags_or_lists_what_is_somebody_elses() {
        try (var people = runnel.Server.start(data.resolve("people"), "AUTH", "accounts")) {
            var ada = Person.registered(people, "ada@example.org");
            var bob = Person.registered(people, "bob@example.org");
            var chat = ada.ask("secret", "text:1");
            problem(404, bob.send("PATCH", "/api/chats/" + chat.chat(), tags("mine")));
            assertEquals(200, ada.send("PATCH", "/api/chats/" + chat.chat(), tags("work")).statusCode());
            assertEquals(0, Client.json(bob.get("/api/chats?tag=work")).get("chats").size());
        }
    }
}
