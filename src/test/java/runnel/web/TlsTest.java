package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.Client;
import runnel.Person;
import runnel.RawHttp;

/// What changes where the way to the browser is encrypted, by a proxy that is trusted.
class TlsTest extends WebTest {
    private static final String[] TLS = {"X-Forwarded-Proto", "https"};
    private static final String CLOSE = "\r\nConnection: close\r\n\r\n";

    @Override
    protected String[] settings() {
        return new String[] {"AUTH", "accounts", "TRUSTED_PROXIES", "127.0.0.0/8"};
    }

    private HttpResponse<String> register(String name, String... headers) {
        return client.post("/api/register", Client.object().put("name", name).put("email", name + "@example.org").put("password", Person.PASSWORD), headers);
    }

    @Test
    void the_cookie_is_bound_to_the_host_and_to_tls() {
        var set = register("ada", TLS).headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(set.startsWith("__Host-runnel="), set);
        for (var part : new String[] {"; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"}) {
            assertTrue(set.contains(part), set);
        }
        assertFalse(set.contains("Domain"), set);
        var cookie = set.substring(0, set.indexOf(';'));
        assertEquals(200, client.get("/api/me", "Cookie", cookie, "X-Forwarded-Proto", "https").statusCode());
        assertEquals(401, client.get("/api/me", "Cookie", cookie.replace("__Host-", ""), "X-Forwarded-Proto", "https").statusCode());
    }

    @Test
    void without_tls_the_cookie_is_plain_and_strict_transport_is_not_asked_for() {
        var answer = register("bob");
        assertTrue(answer.headers().firstValue("Set-Cookie").orElseThrow().startsWith("runnel="));
        assertTrue(answer.headers().firstValue("Strict-Transport-Security").isEmpty());
        assertTrue(client.get("/", TLS).headers().firstValue("Strict-Transport-Security").isPresent());
    }

    private static boolean asksForStrictTransport(String answer) {
        return answer.toLowerCase(Locale.ROOT).contains("\r\nstrict-transport-security: max-age=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "GET / HTTP/1.1\r\nbad header", "GET / HTTP/7.0\r\nHost: localhost", "GET / HTTP/1.1", "GET /%00 HTTP/1.1\r\nHost: localhost",
        "GET /../etc/passwd HTTP/1.1\r\nHost: localhost", "GET / HTTP/1.1\r\nHost: evil.example", "GET /nothing HTTP/1.1\r\nHost: localhost",
        "PUT /health HTTP/1.1\r\nHost: localhost", "GET /api/me HTTP/1.1\r\nHost: localhost", "GET /api/ws/x HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket"})
    void where_the_public_address_is_encrypted_every_refusal_asks_for_it_too(String request) {
        assertFalse(asksForStrictTransport(RawHttp.sendBytes(server.port(), request + CLOSE)));
        server.set("PUBLIC_URL", "https://chat.example.org").restart();
        var answer = RawHttp.sendBytes(server.port(), request + CLOSE);
        assertTrue(RawHttp.status(answer) >= 400, answer);
        assertTrue(asksForStrictTransport(answer), answer);
    }

    @Test
    void so_does_one_by_jetty_where_a_trusted_proxy_says_that_the_way_is_encrypted() {
        assertTrue(asksForStrictTransport(RawHttp.send(server.port(), "GET / HTTP/1.1", "Expect: nonsense", "Host: localhost", "X-Forwarded-Proto: https")));
    }
}
