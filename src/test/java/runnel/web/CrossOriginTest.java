package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static runnel.web.WebTest.problem;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.Client;
import runnel.Person;
import runnel.RawHttp;
import runnel.Server;

/// What pages of the origins of `ALLOWED_ORIGINS` may do, and those of all others may not.
@TestInstance(Lifecycle.PER_CLASS)
class CrossOriginTest {
    private static final String APP = "https://app.example.org";

    private Server server;
    private Client client;
    private String token;
    private String cookie;

    @BeforeAll
    void start(@TempDir Path data) {
        server = Server.start(data, "AUTH", "accounts", "ALLOWED_ORIGINS", "HTTPS://App.example.org:443/, http://localhost:5173", "TRUSTED_PROXIES", "127.0.0.1");
        client = server.client();
        var ada = Person.registered(server, "ada@example.org");
        token = "Bearer " + Client.json(ada.send("POST", "/api/me/tokens", Client.object().put("name", "app"))).get("token").asText();
        cookie = ada.login(Person.PASSWORD).headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static String allowed(HttpResponse<?> answer) {
        assertTrue(answer.headers().firstValue("Access-Control-Allow-Credentials").isEmpty());
        return answer.headers().firstValue("Access-Control-Allow-Origin").orElse("");
    }

    private static String[] from(String origin, String... more) {
        return Stream.concat(Stream.of("Origin", origin, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "cors"), Stream.of(more)).toArray(String[]::new);
    }

    private static int preflight(Server server, String path, String origin, String method) {
        var answer = RawHttp.send(server.port(), "OPTIONS " + path + " HTTP/1.1", "Host: localhost", "Origin: " + origin, "Sec-Fetch-Site: cross-site",
                "Access-Control-Request-Method: " + method, "Access-Control-Request-Headers: authorization,content-type,last-event-id");
        boolean passed = RawHttp.status(answer) == 200;
        assertEquals(passed, answer.contains("Access-Control-Allow-Origin: " + origin + "\r\n"), answer);
        assertEquals(passed, answer.contains("Access-Control-Allow-Methods: " + method + "\r\n"), answer);
        assertEquals(passed, answer.contains("Access-Control-Allow-Headers: authorization,content-type,last-event-id\r\n"), answer);
        assertTrue(!answer.contains("Access-Control-Allow-Credentials"), answer);
        return RawHttp.status(answer);
    }

    @ParameterizedTest
    @CsvSource({"/api/chat,POST", "/api/chats/x,PATCH", "/api/chats/x,DELETE", "/v1/responses,POST", "/api/sse/x,GET", "/api/nothing,PUT"})
    void a_preflight_of_an_allowed_origin_is_answered_and_of_another_refused(String path, String method) {
        assertEquals(200, preflight(server, path, APP, method));
        assertEquals(200, preflight(server, path, "http://localhost:5173", method));
        for (var other : List.of("https://evil.example", "http://app.example.org", "https://app.example.org.evil.example", "https://app.example.org:8443",
                "http://localhost:5174", "https://sub.app.example.org", "null")) {
            assertEquals(403, preflight(server, path, other, method), other);
        }
    }

    @Test
    void with_a_token_it_asks_and_reads_the_stream() {
        var asked = client.post("/api/chat", Client.object().put("prompt", "hello").put("model", "text:3"), from(APP, "Authorization", token));
        assertEquals(201, asked.statusCode(), asked.body());
        assertEquals(APP, allowed(asked));
        assertTrue(asked.headers().firstValue("Access-Control-Expose-Headers").orElse("").contains("Location"));
        var stream = client.get(Client.sent(asked).sse(), from(APP, "Authorization", token, "Accept", "text/event-stream"));
        assertEquals(200, stream.statusCode());
        assertEquals(APP, allowed(stream));
        assertTrue(stream.body().contains("event: stop"), stream.body());
        assertEquals(APP, allowed(client.get("/api/poll/" + Client.sent(asked).reply(), from(APP, "Authorization", token))));
        assertEquals(APP, allowed(client.get("/v1/models", from(APP, "Authorization", token))));
    }

    @Test
    void errors_can_be_read_too() {
        for (var answer : List.of(client.get("/api/chats", from(APP)), client.get("/api/chats/" + WebTest.NOWHERE, from(APP, "Authorization", token)),
                client.post("/api/chat", Client.object(), from(APP, "Authorization", token)),
                client.send("PUT", "/api/chats", "", from(APP, "Authorization", token)), client.get("/v1/models", from(APP, "Authorization", "Bearer wrong")))) {
            assertTrue(answer.statusCode() >= 400, answer.body());
            assertEquals(APP, allowed(answer), answer.body());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/chats", "/api/me", "/v1/models"})
    void a_cookie_from_an_allowed_origin_is_refused_even_beside_a_token(String path) {
        assertEquals(403, client.get(path, from(APP, "Cookie", cookie)).statusCode());
        assertEquals(403, client.get(path, from(APP, "Cookie", cookie, "Authorization", token)).statusCode());
        assertEquals(403, client.get(path, "Origin", APP, "Cookie", cookie).statusCode());
        assertEquals(200, client.get(path, "Origin", "http://127.0.0.1:" + server.port(), "Cookie", cookie).statusCode());
    }

    @Test
    void nobody_is_logged_in_from_there_and_nothing_is_changed_without_a_token() {
        var login = Client.object().put("email", "ada@example.org").put("password", Person.PASSWORD);
        for (var path : List.of("/api/login", "/api/register", "/api/logout", "/api/password/forgot", "/api/chat")) {
            var answer = client.post(path, login, from(APP));
            problem(403, answer);
            assertTrue(answer.headers().firstValue("Set-Cookie").isEmpty());
        }
    }

    @Test
    void other_origins_and_other_addresses_are_as_they_were() {
        problem(403, client.get("/api/chats", from("https://evil.example", "Authorization", token)));
        problem(403, client.get("/api/chats", "Origin", "null", "Authorization", token));
        problem(403, client.get("/metrics", from(APP, "Authorization", token)));
        problem(403, client.get("/health", from(APP)));
        assertEquals("", allowed(client.get("/", "Sec-Fetch-Site", "none")));
        assertEquals("", allowed(client.get("/favicon.svg", "Origin", APP)));
    }

    @Test
    void the_page_of_the_server_itself_is_answered_as_ever() {
        var own = "http://127.0.0.1:" + server.port();
        for (var path : List.of("/api/me", "/api/chats", "/api/models", "/api/me/tokens", "/api/openapi.json")) {
            assertEquals(200, client.get(path, "Origin", own, "Sec-Fetch-Site", "same-origin", "Cookie", cookie).statusCode(), path);
        }
    }

    @Test
    void where_nothing_is_set_no_answer_has_such_a_header(@TempDir Path data) {
        try (var other = Server.start(data)) {
            assertEquals(403, preflight(other, "/api/chat", APP, "POST"));
            assertEquals(405, RawHttp.status(RawHttp.send(other.port(), "OPTIONS /api/chat HTTP/1.1", "Host: localhost")));
        }
    }

    @Test
    void without_accounts_an_event_source_of_an_allowed_origin_reads(@TempDir Path data) {
        try (var other = Server.start(data, "ALLOWED_ORIGINS", APP)) {
            var sent = other.client().ask("hello", "text:3");
            var stream = other.client().get(sent.sse(), from(APP, "Accept", "text/event-stream"));
            assertEquals(APP, allowed(stream));
            assertTrue(stream.body().contains("event: stop"), stream.body());
            problem(403, other.client().get(sent.sse(), from("https://evil.example")));
        }
    }
}
