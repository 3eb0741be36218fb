package runnel.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.RawHttp;
import runnel.web.OneServerTest;

/// What no route has seen is refused as everything else is: as a problem object, with all headers, in our own words.
class EveryErrorTest extends OneServerTest {
    private static final List<String> HEADERS = List.of("content-security-policy", "x-content-type-options: nosniff", "referrer-policy: no-referrer",
            "x-frame-options: deny", "cross-origin-opener-policy: same-origin", "cross-origin-resource-policy: same-origin", "permissions-policy",
            "cache-control");

    private void refused(int status, String answer) {
        assertEquals(status, RawHttp.status(answer), answer);
        var parts = answer.split("\r\n\r\n", 2);
        var head = parts[0].toLowerCase(Locale.ROOT);
        HEADERS.forEach(header -> assertTrue(head.contains(header), () -> header + " is missing in " + answer));
        assertTrue(head.contains("content-type: application/problem+json"), answer);
        assertEquals(status, Client.json(parts[1]).get("status").asInt());
        assertFalse(answer.matches("(?si).*(jetty|javalin|exception|eclipse).*"), answer);
    }

    @Test
    void a_request_line_that_is_none() {
        refused(400, RawHttp.sendBytes(server.port(), "nonsense\r\n\r\n"));
        refused(400, RawHttp.sendBytes(server.port(), "GET / HTTP/1.1\r\nbad header\r\n\r\n"));
    }

    @Test
    void a_version_that_is_not_spoken() {
        refused(505, RawHttp.sendBytes(server.port(), "GET / HTTP/7.0\r\nHost: localhost\r\n\r\n"));
        refused(505, RawHttp.sendBytes(server.port(), "GET / HTTP/2.0\r\nHost: localhost\r\n\r\n"));
    }

    @Test
    void a_body_that_waits_to_be_invited_is_not_invited_by_a_refusal() {
        for (var framing : List.of("Content-Length: 40", "Transfer-Encoding: chunked")) {
            for (var refused : List.of("POST /api/nothing", "PUT /api/chats", "POST /api/chat HTTP/1.1\r\nOrigin: https://evil.example\r\nX: ")) {
                var line = refused.contains("HTTP") ? refused : refused + " HTTP/1.1";
                var answer = RawHttp.sendBytes(server.port(), line + "\r\nHost: localhost\r\nExpect: 100-continue\r\n" + framing + "\r\n\r\n");
                refused(RawHttp.status(answer), answer);
                assertTrue(RawHttp.status(answer) >= 400 && answer.toLowerCase(Locale.ROOT).contains("connection: close"), answer);
            }
        }
    }

    @Test
    void a_coding_that_is_not_undone() {
        for (var coding : List.of("gzip, chunked", "gzip\r\nTransfer-Encoding: chunked", "chunked\r\nX: y\r\nTransfer-Encoding: chunked")) {
            var answer = RawHttp.send(server.port(), "POST /api/chat HTTP/1.1", "Host: localhost", "Transfer-Encoding: " + coding, "", "0", "");
            assertTrue(RawHttp.status(answer) == 501 || RawHttp.status(answer) == 400, answer);
        }
        for (var coding : List.of("gzip", "identity\r\nContent-Encoding: br", "GZIP")) {
            for (var path : List.of("/api/chat", "/api/uploads", "/api/import", "/api/replies/x/stop")) {
                refused(415, RawHttp.send(server.port(), "POST " + path + " HTTP/1.1", "Host: localhost", "Content-Length: 0", "Content-Encoding: " + coding));
            }
            assertEquals(415, RawHttp.status(RawHttp.send(server.port(), "POST /v1/chat/completions HTTP/1.1", "Host: localhost", "Content-Length: 0", "Content-Encoding: " + coding)));
        }
    }

    @Test
    void a_handshake_that_is_not_websockets() {
        for (var path : List.of("/api/events/ws", "/api/inspect/socket")) {
            var wrong = RawHttp.send(server.port(), "GET " + path + " HTTP/1.1", "Host: localhost", "Upgrade: websocket", "Sec-WebSocket-Version: 8", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "Connection: Upgrade");
            refused(426, wrong);
            assertTrue(wrong.contains("Sec-WebSocket-Version: 13"), wrong);
            for (var key : List.of("x", "AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAAA")) {
                refused(400, RawHttp.send(server.port(), "GET " + path + " HTTP/1.1", "Host: localhost", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: " + key, "Connection: Upgrade"));
            }
            var upgraded = RawHttp.head(server.port(), "GET " + path + " HTTP/1.1", "Host: localhost", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Protocol: foo", "Connection: Upgrade");
            assertEquals(101, RawHttp.status(upgraded), upgraded);
            assertFalse(upgraded.contains("Sec-WebSocket-Protocol"), upgraded);
        }
    }

    @Test
    void a_path_that_leads_out() {
        refused(400, RawHttp.send(server.port(), "GET /../etc/passwd HTTP/1.1", "Host: localhost"));
        refused(404, RawHttp.send(server.port(), "GET /..%2f..%2fetc/passwd HTTP/1.1", "Host: localhost"));
    }

    @Test
    void headers_that_are_too_large() {
        refused(431, RawHttp.send(server.port(), "GET / HTTP/1.1", "Host: localhost", "X: " + "x".repeat(20_000)));
    }

    @Test
    void an_address_that_is_too_long() {
        refused(414, RawHttp.send(server.port(), "GET /" + "x".repeat(20_000) + " HTTP/1.1", "Host: localhost"));
    }

    @Test
    void a_path_that_is_longer_or_deeper_than_any_address_whatever_it_begins_with() {
        var before = server.log();
        for (var place : List.of("/", "/js/", "/css/", "/vendor/", "/c/", "/api/chats/", "/api/sse/", "/%6As/")) {
            refused(414, RawHttp.send(server.port(), "GET " + place + "a/".repeat(3_500) + "x.js HTTP/1.1", "Host: localhost"));
            refused(414, RawHttp.send(server.port(), "GET " + place + "%61/".repeat(20) + "x.js HTTP/1.1", "Host: localhost"));
            refused(414, RawHttp.send(server.port(), "GET " + place + "x".repeat(3_000) + ".js HTTP/1.1", "Host: localhost"));
        }
        assertEquals(before, server.log());
    }

    @Test
    void a_handshake_that_is_reset_is_no_fault_of_the_server() throws IOException {
        var before = server.log();
        for (int i = 0; i < 100; i++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.setSoLinger(true, 0);
                socket.getOutputStream().write(("GET /api/events/ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            }
        }
        assertEquals(200, server.client().get("/health").statusCode());
        var told = server.log().substring(before.length()).lines().filter(line -> !line.contains(" DEBUG EventStream - A reader of ")).toList();
        assertEquals(List.of(), told);
    }

    @Test
    void two_lengths_which_a_proxy_may_read_differently() {
        refused(400, RawHttp.send(server.port(), "POST /api/chat HTTP/1.1", "Host: localhost", "Content-Length: 3", "Content-Length: 4"));
        refused(400, RawHttp.send(server.port(), "POST /api/chat HTTP/1.1", "Host: localhost", "Content-Length: 3", "Transfer-Encoding: chunked"));
    }

    @Test
    void no_host_or_a_wrong_one() {
        refused(400, RawHttp.send(server.port(), "GET / HTTP/1.1"));
        refused(421, RawHttp.send(server.port(), "GET / HTTP/1.1", "Host: evil.example"));
    }

    @Test
    void a_file_a_method_and_a_type_that_are_not_there() {
        refused(404, RawHttp.send(server.port(), "GET /nothing.js HTTP/1.1", "Host: localhost"));
        refused(405, RawHttp.send(server.port(), "PUT /api/chats HTTP/1.1", "Host: localhost"));
        refused(415, RawHttp.send(server.port(), "POST /api/chat HTTP/1.1", "Host: localhost", "Content-Type: text/xml", "Content-Length: 0"));
        refused(405, RawHttp.send(server.port(), "TRACE /x HTTP/1.1", "Host: localhost"));
    }

    @Test
    void a_method_that_is_not_taken_names_those_that_are_to_browsers_and_programs() {
        for (var accept : List.of("*/*", "text/html")) {
            var answer = RawHttp.send(server.port(), "PUT /api/chats HTTP/1.1", "Host: localhost", "Accept: " + accept);
            refused(405, answer);
            assertTrue(answer.contains("Allow: GET, HEAD\r\n"), answer);
        }
    }

    @Test
    void nobody_can_fill_the_log_with_what_is_refused() {
        var before = server.log();
        refused(400, RawHttp.send(server.port(), "GET / HTTP/1.1", "Host: localhost", "Host: localhost"));
        refused(400, RawHttp.send(server.port(), "GET / HTTP/1.1", "Host: localhost", "Host: evil.example"));
        refused(400, RawHttp.send(server.port(), "GET / HTTP/1.1", "Host: localhost:99999999"));
        refused(400, RawHttp.send(server.port(), "GET /%00 HTTP/1.1", "Host: localhost"));
        refused(400, RawHttp.send(server.port(), "GET / HTTP/1.1", "Host: localhost", "Cookie: a=\u0001;;=="));
        refused(421, RawHttp.send(server.port(), "GET / HTTP/1.1", "Host: evil.example"));
        assertEquals(before, server.log());
    }

    @Test
    void a_body_that_is_too_large_also_where_its_length_was_not_announced() {
        var chunk = "ffff\r\n" + "x".repeat(0xffff) + "\r\n";
        refused(413, RawHttp.send(server.port(), "POST /api/chat HTTP/1.1", "Host: localhost", "Content-Type: application/json", "Content-Length: 99999999"));
        refused(413, RawHttp.sendBytes(server.port(), "POST /api/replies/x/regenerate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + chunk + "0\r\n\r\n"));
    }

    @Test
    void json_that_is_too_deep() {
        refused(400, RawHttp.send(server.port(), "POST /api/chat HTTP/1.1", "Host: localhost", "Content-Type: application/json",
                "Content-Length: 20000", "", "[".repeat(20_000)));
    }

    @Test
    void nothing_allows_other_sites_to_read_answers() {
        var answer = RawHttp.send(server.port(), "GET /api/me HTTP/1.1", "Host: localhost:" + server.port(), "Origin: http://localhost:" + server.port());
        assertFalse(answer.toLowerCase(Locale.ROOT).contains("access-control"), answer);
        refused(403, RawHttp.send(server.port(), "GET /api/me HTTP/1.1", "Host: localhost", "Origin: https://evil.example"));
        refused(403, RawHttp.send(server.port(), "POST /api/chat HTTP/1.1", "Host: localhost", "Sec-Fetch-Site: cross-site", "Content-Length: 0"));
        refused(403, RawHttp.send(server.port(), "OPTIONS /api/chat HTTP/1.1", "Host: localhost", "Origin: https://evil.example", "Access-Control-Request-Method: POST"));
    }
}
