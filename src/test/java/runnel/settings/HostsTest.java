package runnel.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the settings, the web and the mail know of hosts and networks.
class HostsTest {
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost", "127.0.0.1", "127.8.9.1", "::1", "[::1]", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1"})
    void this_machine_alone_reaches_a_loopback_host(String host) {
        assertTrue(Hosts.isLoopback(host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "127.1", "127.0.0.1.example", "localhost.example", "999.0.0.1", "fe80::1%eth0", "a:b", ""})
    void others_are_not_taken_for_one_and_no_name_server_is_asked(String host) {
        assertFalse(Hosts.isLoopback(host));
    }

    @ParameterizedTest
    @CsvSource({"http://my_ollama:11434/v1, my_ollama, 11434", "https://[::1]:8443, [::1], 8443", "https://[fd00::1], [fd00::1], 443",
        "smtp://u:p%40@my_mail:25, my_mail, 25", "https://h:, h, 443"})
    void a_url_has_a_host_and_a_port_whatever_java_thinks_of_its_name(String url, String host, int port) {
        assertEquals(host, Hosts.of(URI.create(url)));
        assertEquals(port, Hosts.port(URI.create(url), 443));
    }

    @ParameterizedTest
    @CsvSource({"http://my_ollama:11434, true", "http://10.0.0.1, true", "https://10.0.0.1, false", "http://localhost:1, false", "HTTP://[::1], false"})
    void plain_http_to_another_machine_is_in_the_open(String url, boolean open) {
        assertEquals(open, Hosts.isInTheOpen(URI.create(url)));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/8, 10.255.0.1, true", "10.0.0.0/8, 11.0.0.1, false", "192.168.1.128/25, 192.168.1.127, false", "192.168.1.128/25, 192.168.1.255, true",
        "0.0.0.0/0, 8.8.8.8, true", "0.0.0.0/0, ::1, false", "fd00::/9, fd7f::1, true", "fd00::/9, fd80::1, false", "::1, 0:0:0:0:0:0:0:1, true",
        "127.0.0.1, 127.0.0.2, false"})
    void a_network_holds_the_addresses_that_begin_as_it_does(String network, String address, boolean holds) {
        assertEquals(holds, IpNetwork.of(network).orElseThrow().holds(Hosts.address(address).orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8/8", "proxy", "", "/8"})
    void what_is_no_network_is_none(String text) {
        assertTrue(IpNetwork.of(text).isEmpty());
    }
}
