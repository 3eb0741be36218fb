package runnel.web.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import runnel.Client;
import runnel.Person;
import runnel.Server;

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
            var bearer = new String[] {"Authorization", "Bearer " + token(client, client.post("/api/register", with(first, ADA)))};
            assertEquals(204, client.send("DELETE", "/api/me", Client.object().put("password", Person.PASSWORD).toString(),
                    "Content-Type", "application/json", bearer[0], bearer[1]).statusCode());
            assertEquals(422, client.post("/api/register", with(first, BOB)).statusCode());
            assertNotEquals(first, printed(server));
            assertEquals("admin", Client.json(client.post("/api/register", with(printed(server), BOB))).get("role").asText());
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

    private static String token(Client client, HttpResponse<String> registered) {
        var cookie = registered.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
        return Person.token(client.post("/api/me/tokens", Client.object().put("name", "x"), "Cookie", cookie, "Sec-Fetch-Site", "same-origin"));
    }
}
