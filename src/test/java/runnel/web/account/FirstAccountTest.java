package runnel.web.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import runnel.Client;
import runnel.Person;
import runnel.Server;
import runnel.account.Email;
import runnel.store.account.Accounts;

/// On an address that others reach, whoever comes first must show that they are the operator.
class FirstAccountTest {
    private static final ObjectNode ADA = Client.object().put("name", "Ada").put("email", "ada@example.org").put("password", Person.PASSWORD);
    private static final ObjectNode BOB = Client.object().put("name", "Bob").put("email", "bob@example.org").put("password", Person.PASSWORD);

    @TempDir
    Path data;

    /// The token that was printed last.
    private static String printed(Server server) {
        var line = server.log().lines().filter(each -> each.startsWith("There is no account yet.")).toList().getLast();
        return line.substring(line.lastIndexOf(' ') + 1);
    }

    private static ObjectNode with(String token, ObjectNode account) {
        return account.deepCopy().put("token", token);
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0,", "127.0.0.1,https://chat.example.org"})
    void the_first_account_takes_the_token_that_was_printed_and_the_second_does_not(String host, String publicUrl) {
        var settings = publicUrl == null ? new String[] {"HOST", host} : new String[] {"HOST", host, "PUBLIC_URL", publicUrl};
        try (var server = Server.start(data, settings)) {
            var client = server.client();
            assertTrue(Client.json(client.get("/api/auth")).get("token").asBoolean());
            assertEquals(List.of("is missing"), Client.json(client.post("/api/register", ADA)).get("errors").findValuesAsText("message"));
            assertEquals(422, client.post("/api/register", with("wrong", ADA)).statusCode());
            assertEquals("admin", Client.json(client.post("/api/register", with(printed(server), ADA))).get("role").asText());
            assertEquals("user", Client.json(client.post("/api/register", BOB)).get("role").asText());
        }
    }

    @Test
    void the_token_works_once_and_when_nobody_is_left_another_is_printed() {
        try (var server = Server.start(data, "HOST", "0.0.0.0")) {
            var client = server.client();
            var first = printed(server);
            var registered = client.post("/api/register", with(first, ADA));
            assertEquals(204, delete(client, registered.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0]));
            assertEquals(422, client.post("/api/register", with(first, BOB)).statusCode());
            assertNotEquals(first, printed(server));
            assertEquals("admin", Client.json(client.post("/api/register", with(printed(server), BOB))).get("role").asText());
        }
    }

    @Test
    void strangers_who_register_while_the_only_administrator_deletes_the_account_never_become_one_without_the_token() throws Exception {
        try (var server = Server.start(data, "HOST", "0.0.0.0"); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var client = server.client();
            for (int round = 0; round < 8; round++) {
                var admin = client.post("/api/register", with(printed(server), ADA));
                assertEquals("admin", Client.json(admin).get("role").asText());
                var cookie = admin.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
                var strangers = new ArrayList<Future<HttpResponse<String>>>();
                for (int i = 0; i < 3; i++) {
                    var stranger = BOB.deepCopy().put("email", "stranger" + i + "@example.org");
                    strangers.add(threads.submit(() -> client.post("/api/register", stranger)));
                }
                var deleted = delete(client, cookie);
                for (var stranger : strangers) {
                    var answer = stranger.get();
                    assertTrue(answer.statusCode() == 422 || Client.json(answer).get("role").asText().equals("user"), answer::body);
                }
                if (deleted != 204) {
                    return; // a stranger came before the deletion, which is refused then
                }
                assertTrue(Client.json(client.get("/api/auth")).get("token").asBoolean());
            }
        }
    }

    private static int delete(Client client, String cookie) {
        return client.send("DELETE", "/api/me", Client.object().put("password", Person.PASSWORD).toString(),
                "Content-Type", "application/json", "Cookie", cookie, "Sec-Fetch-Site", "same-origin").statusCode();
    }

    @Test
    void whoever_was_asked_for_no_token_and_would_be_the_first_by_now_is_refused() {
        try (var server = Server.start(data, "HOST", "0.0.0.0")) {
            var accounts = new Accounts(server.database());
            assertTrue(accounts.add("Bob", Email.of("bob@example.org").orElseThrow(), Optional.empty(), false, false).isEmpty());
            assertTrue(accounts.none());
            assertTrue(accounts.list().isEmpty());
        }
    }

    @Test
    void where_nobody_can_register_no_token_is_printed() {
        try (var server = Server.start(data, "HOST", "0.0.0.0", "REGISTRATION", "closed")) {
            assertFalse(Client.json(server.client().get("/api/auth")).get("token").asBoolean());
            assertEquals(403, server.client().post("/api/register", ADA).statusCode());
            assertFalse(server.log().contains("one-time token"), server::log);
        }
    }
}
