package runnel.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static runnel.web.WebTest.NOWHERE;
import static runnel.web.WebTest.problem;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.RawHttp;
import runnel.Server;
import runnel.web.OneServerTest;

/// What other sites and other names cannot do, and what every answer wears.
class RequestGuardsTest extends OneServerTest {
    private int host(String host) {
        return RawHttp.status(RawHttp.send(server.port(), "GET /health HTTP/1.1", "Host: " + host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "localhost:7070", "127.0.0.1:1", "[::1]", "[::1]:80"})
    void the_machine_itself_may_be_called_by_its_names(String host) {
        assertEquals(200, host(host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example:7070", "8.8.8.8", "169.254.169.254", "localhost."})
    void another_name_is_421_so_that_it_cannot_be_pointed_here(String host) {
        var answer = RawHttp.send(server.port(), "GET /health HTTP/1.1", "Host: " + host);
        assertEquals(421, RawHttp.status(answer), answer);
        assertTrue(answer.contains("application/problem+json"));
    }

    @Test
    void an_address_in_the_request_line_does_not_fool_it() {
        var answer = RawHttp.send(server.port(), "GET http://localhost/health HTTP/1.1", "Host: evil.example");
        assertTrue(RawHttp.status(answer) >= 400, answer);
    }

    @Test
    void what_the_page_of_another_site_sends_is_refused() {
        int before = model.questions().size();
        for (var path : List.of("/api/chats", "/api/models", "/api/sse/" + NOWHERE, client.script())) {
            problem(403, client.get(path, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors"));
            problem(403, client.get(path, "Sec-Fetch-Site", "same-site"));
        }
        problem(403, client.get("/api/chats", "Origin", "http://evil.example"));
        problem(403, client.get("/api/chats", "Origin", "null"));
        problem(403, client.get("/api/chats", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate"));
        var body = "{\"prompt\":\"x\"}";
        problem(403, client.send("POST", "/api/chat", body, "Content-Type", "application/json", "Sec-Fetch-Site", "cross-site"));
        problem(403, client.send("POST", "/api/chat", body, "Content-Type", "application/json", "Origin", "http://localhost.evil.example"));
        assertEquals(before, model.questions().size());
    }

    @Test
    void a_link_from_another_site_to_the_page_works_and_so_do_the_page_and_programs() {
        assertEquals(200, client.get("/", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate").statusCode());
        assertEquals(200, client.get("/c/x", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate").statusCode());
        assertEquals(200, client.get("/api/chats", "Sec-Fetch-Site", "same-origin").statusCode());
        assertEquals(200, client.get("/api/chats", "Origin", "http://127.0.0.1:" + server.port()).statusCode());
        assertEquals(200, client.get("/api/chats").statusCode());
    }

    @Test
    void behind_a_proxy_that_replaces_the_host_the_page_gets_its_files_and_is_told_what_to_set() {
        for (var path : List.of(client.script(), "/js/main.js", "/css/page.css", "/manifest.webmanifest", "/vendor/nothing.js", "/favicon.svg")) {
            assertTrue(client.get(path, "Origin", "http://chat.example.org").statusCode() != 403, path);
        }
        for (var path : List.of("/", "/c/x", "/health", "/metrics", "/api/chats", "/api/openapi.json")) {
            assertTrue(problem(403, client.get(path, "Origin", "http://chat.example.org")).get("detail").asText().contains("PUBLIC_URL"), path);
        }
        problem(403, client.send("POST", "/js/main.js", "x", "Origin", "http://chat.example.org"));
    }

    @ParameterizedTest
    @CsvSource({"http://chat.example.org, http://chat.example.org, 200", "http://chat.example.org:8080, http://chat.example.org:8080, 200",
        "http://chat.example.org, https://chat.example.org, 403", "http://chat.example.org, http://chat.example.org:81, 403", "http://chat.example.org, null, 403"})
    void the_origin_of_the_public_url_is_the_servers_own_whatever_host_a_proxy_sends(String publicUrl, String origin, int status, @TempDir Path data) {
        try (var server = Server.start(data, "PUBLIC_URL", publicUrl, "AUTH", "none")) {
            assertEquals(status, server.client().get("/api/chats", "Origin", origin).statusCode());
        }
    }

    @Test
    void every_class_of_answer_wears_the_headers() {
        var sent = client.ask("hello", "x");
        client.whole(sent);
        for (var answer : List.of(client.get("/"), client.get("/health"), client.get("/api/chats"), client.get(sent.sse()), client.get("/api/nothing"),
                client.get("/favicon.svg"), client.send("POST", "/api/chat", "{", "Content-Type", "application/json"), client.send("PUT", "/api/chat", ""),
                client.get("/api/chats", "Origin", "http://evil.example"), client.get(sent.sse(), "Last-Event-ID", client.whole(sent).cursor()))) {
            var about = answer.request().uri() + " " + answer.statusCode();
            var headers = answer.headers();
            assertTrue(headers.firstValue("Content-Security-Policy").orElse("").contains("default-src 'none'"), about);
            assertTrue(headers.firstValue("Content-Security-Policy").orElse("").contains("require-trusted-types-for 'script'"), about);
            assertEquals("nosniff", headers.firstValue("X-Content-Type-Options").orElse(""), about);
            assertEquals("no-referrer", headers.firstValue("Referrer-Policy").orElse(""), about);
            assertEquals("DENY", headers.firstValue("X-Frame-Options").orElse(""), about);
            assertEquals("same-origin", headers.firstValue("Cross-Origin-Opener-Policy").orElse(""), about);
            assertEquals("same-origin", headers.firstValue("Cross-Origin-Resource-Policy").orElse(""), about);
            assertTrue(headers.firstValue("Permissions-Policy").orElse("").contains("camera=()"), about);
            boolean kept = answer.request().uri().getPath().matches("/|/favicon\\.svg"); // the same for everybody, and asked after each time
            assertTrue(headers.firstValue("Cache-Control").orElse("").contains(kept ? "no-cache" : "no-store"), about);
            assertTrue(headers.firstValue("Access-Control-Allow-Origin").isEmpty(), about);
        }
    }
}
