package runnel.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import runnel.chat.Secret;

/// Proxies and their exceptions, as other programs read them.
class NoProxyTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "example.org|https://example.org|true", "example.org|https://a.b.Example.org/v1|true", "example.org|https://notexample.org|false",
        ".example.org|https://api.example.org|true", "*.example.org|https://api.example.org|true", ".example.org|https://example.org|true",
        "EXAMPLE.org|http://example.org|true", "*|https://anything.at.all|true", "a, b,c d|http://d|true", "a, b,c d|http://e|false",
        "10.0.0.0/8|http://10.1.2.3:11434/v1|true", "10.0.0.0/8|http://11.1.2.3|false", "10.1.2.3|http://10.1.2.3|true",
        "fd00::/8|http://[fd12::1]:8080|true", "fd00::1|https://[fd00::1]|true", "10.0.0.0/8|http://ten.example|false",
        "model:8443|https://model:8443|true", "model:8443|https://model|false", "model:443|https://model|true",
        "10.1.2.3:80|http://10.1.2.3|true", "my_ollama|http://my_ollama:11434|true",
        "''|http://localhost:11434|true", "''|http://127.8.8.8|true", "''|https://[::1]:1|true", "''|https://api.openai.com|false"})
    void what_is_excepted_is_reached_without_a_proxy(String noProxy, URI address, boolean covered) {
        assertEquals(covered, NoProxy.of(noProxy).covers(address));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"http://proxy.example:3128|proxy.example:3128", "proxy.example:3128/|proxy.example:3128",
        "http://proxy|proxy:80", "HTTP://10.0.0.1:1|10.0.0.1:1", "http://u:p@[::1]:8|[::1]:8"})
    void a_proxys_address_may_be_short(String value, String shown) {
        assertEquals(shown, HttpProxy.of(value).orElseThrow().toString());
    }

    @ParameterizedTest
    @CsvSource({"https://proxy:1", "socks5://proxy:1", "http://proxy:99999", "http://", "http://proxy/path", "a b"})
    void what_is_no_http_proxy_is_refused(String value) {
        assertEquals(Optional.empty(), HttpProxy.of(value));
    }

    @Test
    void a_login_is_decoded_and_never_shown() {
        var proxy = HttpProxy.of("http://us+er:p%40s%2Fs@proxy:1").orElseThrow();
        assertEquals(Optional.of(new Secret("us+er:p@s/s")), proxy.login());
        assertEquals("proxy:1", proxy.toString());
    }
}
