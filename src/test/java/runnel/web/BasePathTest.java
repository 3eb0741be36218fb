package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static runnel.web.WebTest.openAiError;
import static runnel.web.WebTest.problem;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.Client;
import runnel.Follower;
import runnel.Person;
import runnel.RawHttp;
import runnel.Server;
import runnel.chat.Sha256;
import runnel.faults.SocketReader;
import runnel.settings.StartupFailure;

/// Everything below a path of the public address, whether a proxy takes it off or not.
@TestInstance(Lifecycle.PER_CLASS)
class BasePathTest {
    private static final Pattern NAMED = Pattern.compile("(?<==|: )\"(/[^\"]*)\"");
    private static final Pattern INLINE = Pattern.compile("<script(?: type=\"importmap\")?>(.*?)</script>", Pattern.DOTALL);

    private Server server;
    private Client client;

    @BeforeAll
    void start(@TempDir Path data) {
        server = Server.start(data, "PUBLIC_URL", "https://example.org/chat", "AUTH", "none", "TRUSTED_PROXIES", "127.0.0.0/8");
        client = server.client();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Client below() {
        return new Client(path -> server.url("/chat" + path));
    }

    @Test
    void a_reply_is_asked_for_and_read_in_both_forms_and_its_address_is_below() {
        for (var form : List.of(client, below())) {
            var answer = form.post("/api/chat", Client.object().put("prompt", "hello").put("model", "text:3"));
            var sent = Client.sent(answer);
            assertEquals("/chat/api/sse/" + sent.reply(), sent.sse());
            assertEquals(sent.sse(), answer.headers().firstValue("Location").orElse(""));
            var text = client.whole(sent).content();
            assertEquals(text, followed(form, "/api/sse/" + sent.reply()));
            assertTrue(form.get("/api/poll/" + sent.reply() + "?wait=0").body().contains("\"stop\""));
            assertTrue(form.get("/api/chats/" + sent.chat()).body().contains(sent.reply()));
        }
    }

    @Test
    void every_location_is_below() {
        var sent = client.ask("hello", "text:3");
        client.whole(sent);
        for (var form : List.of(client, below())) {
            var again = form.send("POST", "/api/replies/" + sent.reply() + "/regenerate", null, "Accept", "text/event-stream");
            assertTrue(again.headers().firstValue("Location").orElse("").startsWith("/chat/api/sse/"), again.headers().toString());
        }
    }

    private static String followed(Client form, String path) {
        var follower = new Follower();
        try (var reader = form.read(path)) {
            follower.readAll(reader);
        }
        return follower.content();
    }

    @Test
    void a_web_socket_is_opened_in_both_forms() {
        for (var base : List.of("", "/chat")) {
            try (var socket = SocketReader.open(server.url(base + "/api/inspect/socket?count=1&gap=1"))) {
                assertTrue(socket.next().orElseThrow().contains("\"beat\":0"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/c/x", "/health", "/ready", "/inspect", "/api/docs", "/api/models", "/v1/models", "/favicon.svg", "/manifest.webmanifest"})
    void every_other_address_is_answered_in_both_forms(String path) {
        assertEquals(200, client.get(path).statusCode());
        assertEquals(client.get(path).body().replaceAll("\"created\":\\d+", ""), below().get(path).body().replaceAll("\"created\":\\d+", ""));
        assertEquals(200, client.send("HEAD", "/chat" + path, null).statusCode());
    }

    @Test
    void the_path_alone_is_the_page() {
        assertEquals(client.get("/").body(), client.get("/chat").body());
        assertEquals(client.get("/").body(), client.get("/chat?x=1").body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/inspect", "/api/docs"})
    void what_a_document_names_is_below_and_there(String path) {
        var html = client.get(path).body();
        assertTrue(html.contains("<html data-base=\"/chat\" lang=\"en\">"), html);
        for (var named : NAMED.matcher(html).results().map(found -> found.group(1)).toList()) {
            assertTrue(named.startsWith("/chat/") || named.equals("/chat"), named);
            assertEquals(200, client.get(named).statusCode(), named);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "public"})
    void the_script_in_a_document_is_the_one_that_the_policy_allows_packed_and_plain(String folder, @TempDir Path data) {
        try (var other = Server.start(data, "PUBLIC_URL", "http://localhost/x/y", "PUBLIC_DIR", folder)) {
            var page = other.client().get("/x/y/");
            var script = INLINE.matcher(page.body());
            assertTrue(script.find());
            var hash = Base64.getEncoder().encodeToString(Sha256.of(script.group(1).getBytes(StandardCharsets.UTF_8)));
            assertTrue(page.headers().firstValue("Content-Security-Policy").orElse("").contains("'sha256-" + hash + "'"));
            for (var named : NAMED.matcher(page.body()).results().map(found -> found.group(1)).toList()) {
                assertTrue(named.startsWith("/x/y"), named);
                assertEquals(200, other.client().get(named).statusCode(), named);
            }
        }
    }

    @Test
    void the_manifest_names_what_is_beside_it() {
        assertFalse(client.get("/manifest.webmanifest").body().contains("\"/"));
    }

    @Test
    void the_description_of_the_api_says_where_it_is() {
        assertEquals("/chat", Client.json(client.get("/api/openapi.json")).at("/servers/0/url").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/chatter/health", "/cha/health", "/Chat/health", "/chat/chat/health", "/chat/../health", "/chat/x/../../health", "/chat//health",
        "/chat/%2e%2e/health", "/%63hat/health", "/chat;x/health", "/chat/chat", "/other/chat/health"})
    void what_only_looks_like_the_path_is_not_it(String path) {
        int status = RawHttp.status(RawHttp.send(server.port(), "GET " + path + " HTTP/1.1", "Host: localhost"));
        assertTrue(status == 404 || status == 400, path + " " + status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/chat"})
    void guards_stand_before_both_forms(String base) {
        assertEquals(421, RawHttp.status(RawHttp.send(server.port(), "GET " + base + "/health HTTP/1.1", "Host: evil.example")));
        problem(403, client.get(base + "/api/chats", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate"));
        openAiError(403, client.get(base + "/v1/models", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate"));
        problem(403, client.get(base + "/api/chats", "Origin", "http://evil.example"));
        problem(403, client.get(base + "/c/x", "Origin", "http://evil.example"));
        assertEquals(200, client.get(base + "/api/chats", "Origin", "https://example.org").statusCode());
        assertEquals(200, client.get(base + "/c/x", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate").statusCode());
        assertEquals(200, client.get(base + "/favicon.svg", "Origin", "http://chat.example.org").statusCode());
        openAiErrorOf(base + "/v1/nothing");
        assertEquals(414, client.get(base + "/x".repeat(300)).statusCode());
    }

    private void openAiErrorOf(String path) {
        openAiError(404, client.get(path));
        var malformed = RawHttp.send(server.port(), "GET " + path + " HTTP/1.1", "Host: localhost", "Expect: nonsense");
        assertTrue(malformed.contains("{\"error\":"), malformed);
    }

    @Test
    void the_cookie_is_only_for_the_path_and_bound_to_tls(@TempDir Path data) {
        try (var other = Server.start(data, "PUBLIC_URL", "http://localhost/chat", "AUTH", "accounts", "TRUSTED_PROXIES", "127.0.0.0/8")) {
            var somebody = Client.object().put("name", "Ada").put("email", "ada@example.org").put("password", Person.PASSWORD);
            var plain = other.client().post("/chat/api/register", somebody);
            assertCookie(plain.headers().firstValue("Set-Cookie").orElse(""), "runnel=");
            var secure = other.client().post("/api/login", somebody, "X-Forwarded-Proto", "https").headers().firstValue("Set-Cookie").orElse("");
            assertCookie(secure, "__Secure-runnel=");
            assertTrue(secure.contains("; Secure"), secure);
            var cookie = secure.substring(0, secure.indexOf(';'));
            assertEquals(200, other.client().get("/chat/api/me", "Cookie", cookie, "X-Forwarded-Proto", "https").statusCode());
        }
    }

    private static void assertCookie(String cookie, String begin) {
        assertTrue(cookie.startsWith(begin), cookie);
        Stream.of("; Path=/chat;", "; HttpOnly", "; SameSite=Lax").forEach(part -> assertTrue(cookie.contains(part), cookie));
        assertFalse(cookie.contains("Domain"), cookie);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/v1/x", "/c"})
    void a_path_that_begins_as_an_address_of_the_server_is_refused_at_the_start(String path, @TempDir Path data) {
        var refusal = assertThrows(StartupFailure.class, () -> Server.start(data, "PUBLIC_URL", "http://localhost" + path)).getMessage();
        assertTrue(refusal.contains("PUBLIC_URL=http://localhost" + path), refusal);
    }
}
