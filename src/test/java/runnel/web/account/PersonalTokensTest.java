package runnel.web.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.Client;
import runnel.faults.Eventually;
import runnel.Person;
import runnel.Server;
import runnel.account.Email;
import runnel.account.Lifetime;
import runnel.store.account.Accounts;
import runnel.store.account.MailTokens;
import runnel.web.WebTest;

class PersonalTokensTest {
    @TempDir
    Path data;
    private Server server;
    private Person ada;

    @BeforeEach
    void start() {
        server = Server.start(data, "AUTH", "accounts");
        ada = Person.registered(server, "ada@example.org");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_token_makes_a_script_its_owner_for_all_but_the_account() {
        var bearer = "Bearer " + ada.token();
        var script = server.client();
        assertEquals("ada@example.org", Client.json(script.get("/api/me", "Authorization", bearer)).get("email").asText());
        var sent = Client.sent(script.post("/api/chat", Client.object().put("prompt", "hi").put("model", "text:2"), "Authorization", bearer));
        assertEquals(200, ada.get("/api/chats/" + sent.chat()).statusCode());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"POST|/api/me/tokens|{\"name\":\"x\"}", "POST|/api/me/tokens|{\"name\":\"x\",\"days\":3650}", "GET|/api/me/tokens|", "DELETE|/api/me/tokens/x|",
        "GET|/api/me/sessions|", "DELETE|/api/me/sessions|", "DELETE|/api/me/sessions/x|", "PATCH|/api/me|{\"email\":\"eve@example.org\"}", "POST|/api/email/send|",
        "PUT|/api/me/password|{\"current\":\"" + Person.PASSWORD + "\",\"password\":\"another long one\"}", "DELETE|/api/me|{\"password\":\"" + Person.PASSWORD + "\"}"})
    void a_token_makes_no_tokens_changes_no_password_and_ends_no_sessions(String method, String path, String body) {
        var answer = server.client().send(method, path, body, "Authorization", "Bearer " + ada.token(), "Content-Type", "application/json");
        assertEquals("urn:runnel:not-by-token", WebTest.problem(403, answer).get("type").asText());
        assertEquals(1, Client.json(ada.get("/api/me/tokens")).get("tokens").size());
        assertEquals(200, Person.at(server, "ada@example.org").login(Person.PASSWORD).statusCode());
        assertEquals("ada@example.org", ada.me().get("email").asText());
    }

    @Test
    void a_token_is_shown_once_and_never_again() {
        var token = ada.token();
        var list = ada.get("/api/me/tokens").body();
        assertFalse(list.contains(token));
        assertTrue(list.contains("\"used\":null"));
        server.client().get("/api/me", "Authorization", "Bearer " + token);
        Eventually.holds(() -> !ada.get("/api/me/tokens").body().contains("\"used\":null"));
    }

    @Test
    void a_deleted_token_lets_nobody_in() {
        var made = ada.send("POST", "/api/me/tokens", Client.object().put("name", "script").put("days", 30));
        var path = "/api/me/tokens/" + Client.json(made).get("id").asText();
        assertTrue(Client.json(made).get("expires").asLong() > System.currentTimeMillis());
        assertEquals(204, ada.send("DELETE", path, null).statusCode());
        assertEquals(404, ada.send("DELETE", path, null).statusCode());
        assertEquals(401, server.client().get("/api/me", "Authorization", "Bearer " + Person.token(made)).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"days\":0", "\"days\":-1", "\"days\":3651", "\"days\":1.5", "\"days\":\"30\"", "\"days\":99999999999999999999", "\"days\":[]",
        "\"expires\":0", "\"expires\":\"2030-01-01\"", "\"expires\":\"never\"", "\"expires\":1e300", "\"expires\":true", "\"expires\":4102444800000",
        "\"days\":1,\"expires\":1"})
    void an_end_that_is_none_is_refused_and_makes_no_token_without_an_end(String field) {
        var answer = ada.send("POST", "/api/me/tokens", Client.json("{\"name\":\"script\"," + field + "}"));
        var name = field.substring(field.lastIndexOf(",") + 2, field.lastIndexOf(":") - 1);
        assertEquals(name, WebTest.problem(422, answer).get("errors").get(0).get("field").asText());
        assertEquals("[]", Client.json(ada.get("/api/me/tokens")).get("tokens").toString());
    }

    @Test
    void an_end_is_given_in_days_or_as_the_answer_says_it() {
        long tomorrow = System.currentTimeMillis() + Duration.ofDays(1).toMillis();
        var made = Client.json(ada.send("POST", "/api/me/tokens", Client.object().put("name", "script").put("expires", tomorrow)));
        assertEquals(tomorrow, made.get("expires").asLong());
        assertEquals(tomorrow, Client.json(ada.get("/api/me/tokens")).get("tokens").get(0).get("expires").asLong());
    }

    @Test
    void a_token_outlives_a_changed_password_and_ends_where_the_password_was_forgotten() {
        var token = "Bearer " + ada.token();
        ada.send("PUT", "/api/me/password", Client.object().put("current", Person.PASSWORD).put("password", "another long one"));
        assertEquals(200, server.client().get("/api/me", "Authorization", token).statusCode());
        var user = new Accounts(server.database()).find(Email.of("ada@example.org").orElseThrow()).orElseThrow().user();
        var link = new MailTokens(server.database()).reset(user, Lifetime.RESET);
        ada.send("POST", "/api/password/reset", Client.object().put("token", link.reveal()).put("password", "a third long one"));
        assertEquals(401, server.client().get("/api/me", "Authorization", token).statusCode());
    }

    @Test
    void a_wrong_token_is_not_helped_out_by_a_good_cookie() {
        assertEquals(401, server.client().get("/api/me", "Authorization", "Bearer rnl_wrong", "Cookie", ada.cookie()).statusCode());
        assertEquals(200, server.client().get("/api/me", "Authorization", "Basic cHJveHk6eA==", "Cookie", ada.cookie()).statusCode());
    }

    @Test
    void the_database_holds_neither_tokens_nor_sessions_nor_passwords() throws IOException {
        var token = ada.token();
        var secrets = new String[] {token, ada.cookie().substring(ada.cookie().indexOf('=') + 1), Person.PASSWORD};
        server.close();
        try (var files = Files.list(data)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var bytes = new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
                for (var secret : secrets) {
                    assertFalse(bytes.contains(secret), () -> file + " holds a secret");
                }
            }
        }
        server = Server.start(data, "AUTH", "accounts");
    }
}
