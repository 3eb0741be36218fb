package runnel.web.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import runnel.Client;
import runnel.web.OneServerTest;
import runnel.web.WebTest;
import runnel.web.http.Access;

/// Without accounts there is one user, who is let in, and nothing that has to do with accounts.
class NoAccountsTest extends OneServerTest {
    @TestFactory
    Stream<DynamicTest> what_has_to_do_with_accounts_is_not_there() {
        var routes = server.web().routes().entrySet().stream().filter(route -> route.getValue().contains(Access.ACCOUNTS)).map(route -> route.getKey().split(" ")).toList();
        assertTrue(routes.size() > 15, "they do not say what they are");
        return routes.stream().map(route -> DynamicTest.dynamicTest(String.join(" ", route), () -> {
            var answer = client.send(route[0], route[1].replaceAll("[{}]", ""), route[0].equals("GET") ? null : "{}", "Content-Type", "application/json");
            WebTest.problem(404, answer);
            assertEquals(client.get("/nothing").body(), answer.body());
        }));
    }

    @Test
    void there_are_no_pages_to_log_in_and_to_register() {
        for (var page : List.of("/login", "/register", "/profile", "/forgotten", "/reset", "/verify")) {
            assertEquals(404, client.get(page).statusCode(), page);
        }
    }

    @Test
    void the_one_user_is_an_administrator_and_chats_as_others_do() {
        assertEquals("admin", Client.json(client.get("/api/me")).get("role").asText());
        assertEquals("none", Client.json(client.get("/api/auth")).get("auth").asText());
        var sent = client.ask("hello", "text:1");
        assertEquals("word0 ", client.whole(sent).content());
        assertEquals(200, client.get("/api/chats/" + sent.chat()).statusCode());
    }
}
