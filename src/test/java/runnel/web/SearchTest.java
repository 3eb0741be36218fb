package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.Client;

class SearchTest extends WebTest {
    @Test
    void a_hit_tells_where_it_is_and_what_stands_around_it() {
        var sent = client.ask("Where is the needle?", "text:3");
        client.whole(sent);
        var answer = Client.json(client.get("/api/search?q=need"));
        var hit = answer.get("hits").get(0);

        assertEquals(1, answer.get("hits").size());
        assertTrue(answer.get("cursor").isNull());
        assertEquals(sent.chat(), hit.get("chat").asText());
        assertEquals(sent.message(), hit.get("message").asText());
        assertEquals("user", hit.get("role").asText());
        assertEquals("[{\"text\":\"Where is the \",\"hit\":false},{\"text\":\"needle\",\"hit\":true},{\"text\":\"?\",\"hit\":false}]", hit.get("snippet").toString());
        assertEquals(0, Client.json(client.get("/api/search?q=need&role=assistant")).get("hits").size());
        assertEquals(0, Client.json(client.get("/api/search")).get("hits").size());
    }

    @Test
    void a_cursor_goes_on_where_the_page_before_ended() {
        for (int i = 0; i < 5; i++) {
            client.whole(client.ask("needle " + i, "text:1"));
        }
        var first = Client.json(client.get("/api/search?q=needle&limit=3"));
        var second = Client.json(client.get("/api/search?q=needle&limit=3&after=" + first.get("cursor").asText()));
        assertEquals(3, first.get("hits").size());
        assertEquals(2, second.get("hits").size());
        assertTrue(second.get("cursor").isNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=x", "limit=-1", "limit=1e3", "after=x", "after=-1", "after=99999999999999999999", "role=system", "role="})
    void a_wrong_parameter_is_refused(String parameter) {
        assertEquals(400, client.get("/api/search?q=x&" + parameter).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"search?q=%00a", "search?q=a%00b", "search?q=%22a%00b", "search?q=tag:%00", "search?q=model:%00", "chats?q=%00x"})
    void a_sign_that_no_text_has_is_a_space(String asked) {
        assertEquals(200, client.get("/api/" + asked).statusCode());
    }

    @Test
    void an_import_can_be_searched_at_once() {
        var file = "{\"format\":\"runnel/1\",\"title\":\"Old talk\",\"messages\":[{\"id\":\"1\",\"role\":\"user\",\"content\":\"a haystack\"}]}";
        assertEquals(201, client.send("POST", "/api/import", file, "Content-Type", "application/json").statusCode());
        assertEquals(1, Client.json(client.get("/api/search?q=haystack")).get("hits").size());
        assertEquals(1, Client.json(client.get("/api/chats?q=old")).get("chats").size());
    }
}
