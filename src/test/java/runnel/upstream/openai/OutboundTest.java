package runnel.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import runnel.settings.ContinueBy;
import runnel.settings.HttpProxy;
import runnel.settings.NoProxy;
import runnel.settings.Outbound;
import runnel.settings.Provider;

/// The way to a model server: who vouches for it, and the proxy before it.
@Timeout(30)
class OutboundTest {
    private static final String LOGIN = "Basic dXNlcjpwQHNz"; // user:p@ss
    private static final TestAuthority AUTHORITY = new TestAuthority();
    private static final TestAuthority OTHER = new TestAuthority();

    @Test
    void a_server_is_trusted_whose_authority_is_named() {
        assertEquals("no failure", overTls("127.0.0.1", AUTHORITY.trusting()));
    }

    @Test
    void a_certificate_that_nobody_known_has_signed_is_not_trusted_and_the_setting_is_named() {
        assertEquals("upstream-tls-untrusted", overTls("127.0.0.1", Outbound.DIRECT));
        assertEquals("upstream-tls-untrusted", overTls("127.0.0.1", OTHER.trusting()));
        assertTrue(UpstreamProblems.UNTRUSTED.detail().contains("OPENAI_CA_FILE"));
    }

    @Test
    void the_jvms_own_authorities_stay_trusted_beside_the_named_one() {
        var client = new OkHttpClient.Builder();
        TrustedAuthorities.add(client, List.of(AUTHORITY.certificate()));
        assertTrue(client.build().x509TrustManager().getAcceptedIssuers().length > 50);
    }

    @Test
    void a_certificate_for_another_name_is_called_so() {
        assertEquals("upstream-tls-name", overTls("model.example", AUTHORITY.trusting()));
    }

    @Test
    void http_to_a_port_that_speaks_tls_is_told_apart() {
        try (var server = new ScriptedUpstream(AUTHORITY.server("127.0.0.1"))) {
            var plain = URI.create(server.baseUrl().toString().replace("https:", "http:"));
            assertTrue(List.of("upstream-needs-tls", "upstream-hung-up").contains(ask(plain, Outbound.DIRECT)));
            assertTrue(UpstreamProblems.HUNG_UP.detail().contains("https://"));
        }
        for (String words : List.of("<html><center>The plain HTTP request was sent to HTTPS port</center></html>",
                "Client sent an HTTP request to an HTTPS server.\n", "Reason: You're speaking plain HTTP to an SSL-enabled server port.")) {
            try (var server = new ScriptedUpstream()) {
                server.next(wire -> wire.answer(400, "text/html", words));
                assertEquals("upstream-needs-tls", ask(server.baseUrl(), Outbound.DIRECT));
            }
        }
    }

    @Test
    void a_tls_alert_in_place_of_an_answer_is_told_apart() {
        try (var server = new ScriptedUpstream()) {
            server.next(wire -> wire.raw(new byte[] {0x15, 3, 1, 0, 2, 2, 70}).cut());
            assertEquals("upstream-needs-tls", ask(server.baseUrl(), Outbound.DIRECT));
        }
    }

    @Test
    void https_goes_through_a_tunnel_with_the_login_and_the_server_hears_nothing_of_it() throws IOException {
        try (var proxy = new TestProxy(LOGIN); var server = new ScriptedUpstream(AUTHORITY.server("model.example"))) {
            server.next(Scenarios.text(1));
            int port = server.baseUrl().getPort();
            assertEquals("no failure", ask(URI.create("https://model.example:" + port + "/v1?api-version=1"), through("user:p%40ss@" + proxy.address())));

            assertEquals(List.of("CONNECT model.example:" + port + " HTTP/1.1"), proxy.requests());
            assertEquals("/v1/chat/completions?api-version=1", server.questions().getFirst().path());
            assertEquals("", server.questions().getFirst().header("proxy-authorization"));
        }
    }

    @Test
    void http_goes_through_a_proxy_that_reads_it_and_is_asked_once() throws IOException {
        try (var proxy = new TestProxy(LOGIN); var server = new ScriptedUpstream()) {
            server.next(Scenarios.text(1));
            int port = server.baseUrl().getPort();
            assertEquals("no failure", ask(URI.create("http://model.example:" + port + "/v1"), through("user:p%40ss@" + proxy.address())));

            assertEquals(List.of("POST http://model.example:" + port + "/v1/chat/completions HTTP/1.1"), proxy.requests());
            assertEquals(1, server.questions().size());
        }
    }

    @Test
    void a_login_that_a_proxy_does_not_take_is_called_so() throws IOException {
        try (var proxy = new TestProxy("Basic other")) {
            for (String scheme : List.of("http", "https")) {
                assertEquals("upstream-proxy-login", ask(URI.create(scheme + "://model.example:1/v1"), through(proxy.address())));
                assertEquals("upstream-proxy-login", ask(URI.create(scheme + "://model.example:1/v1"), through("user:wrong@" + proxy.address())));
            }
        }
    }

    @Test
    void this_machine_and_what_is_excepted_is_reached_without_the_proxy() throws IOException {
        try (var proxy = new TestProxy(""); var server = new ScriptedUpstream(AUTHORITY.server("127.0.0.1"))) {
            server.next(Scenarios.text(1));
            assertEquals("no failure", ask(server.baseUrl(), through(proxy.address())));
            assertEquals(List.of(), proxy.requests());
        }
    }

    private static Outbound through(String proxy) {
        var it = HttpProxy.of(proxy);
        return new Outbound(List.of(AUTHORITY.certificate()), it, it, NoProxy.of(""));
    }

    private static String overTls(String name, Outbound outbound) {
        try (var server = new ScriptedUpstream(AUTHORITY.server(name))) {
            server.next(Scenarios.text(1));
            return ask(server.baseUrl(), outbound);
        }
    }

    private static String ask(URI base, Outbound outbound) {
        var endpoint = new Endpoint(Provider.main(base, Optional.empty(), Optional.empty(), Provider.Offer.WHATEVER_IT_LISTS), Optional.empty(),
                new Endpoint.Waits(Duration.ofSeconds(20), Duration.ofSeconds(20)), ContinueBy.AUTO, outbound);
        try (var upstream = new OpenAiUpstream(endpoint)) {
            var outcome = upstream.prepare(UpstreamTest.QUESTION).stream(new Pieces());
            return new UpstreamTest.Answered("", "", outcome).code();
        }
    }
}
