package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.Person;

/// What changes where the way to the browser is encrypted, by a proxy that is trusted.
class TlsTest extends WebTest {
    private static final String[] TLS = {"X-Forwarded-Proto", "https"};

    @Override
    String[] settings() {
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
}
