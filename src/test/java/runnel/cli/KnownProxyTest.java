package runnel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownProxyTest {
    private static Optional<KnownProxy> of(Map<String, List<String>> headers) {
        return KnownProxy.of(headers);
    }

    @ParameterizedTest
    @CsvSource({"Server, nginx/1.22.1, NGINX", "Server, openresty, NGINX", "Server, Apache/2.4.71 (Debian), APACHE", "Server, lighttpd/1.4.69, LIGHTTPD",
        "Via, 1.1 varnish (Varnish/7.1), VARNISH", "Server, Caddy, CADDY", "via, 1.1 Caddy, CADDY"})
    void a_proxy_is_known_by_what_it_says_of_itself(String header, String value, KnownProxy proxy) {
        assertEquals(Optional.of(proxy), of(Map.of(header, List.of(value), "Content-Type", List.of("x"))));
    }

    @Test
    void haproxy_is_known_by_the_names_of_headers_which_it_writes_small() {
        assertEquals(Optional.of(KnownProxy.HAPROXY), of(Map.of("content-type", List.of("x"), "content-security-policy", List.of("x"))));
        assertEquals(Optional.empty(), of(Map.of("content-type", List.of("x"), "content-security-policy", List.of("x"), "server", List.of("envoy"))));
    }

    @Test
    void one_that_is_not_known_is_said_to_be_so_with_what_it_must_do() {
        assertEquals(Optional.empty(), of(Map.of("Content-Type", List.of("x"), "Content-Security-Policy", List.of("x"))));
        assertEquals("What stands in between does not give its name, so its lines are not known. It must pass WebSockets on.",
                KnownProxy.remedy(Optional.empty(), KnownProxy.Need.SOCKETS, "127.0.0.1:7070", "")[0]);
    }

    @Test
    void each_gets_lines_of_its_own() {
        assertEquals(List.of("In Apache:", "  ProxyPass / http://127.0.0.1:7070/ upgrade=websocket"),
                List.of(KnownProxy.remedy(Optional.of(KnownProxy.APACHE), KnownProxy.Need.SOCKETS, "127.0.0.1:7070", "")));
        assertEquals("  option http-no-delay", KnownProxy.remedy(Optional.of(KnownProxy.HAPROXY), KnownProxy.Need.UNBUFFERED, "127.0.0.1:7070", "")[1]);
    }
}
