package runnel.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import runnel.settings.UpstreamClient;
import runnel.settings.ContinueBy;
import runnel.upstream.Outcome;

/// Which client asks. OkHttp says that it takes gzip, and the other one does not.
@Timeout(20)
class UpstreamClientTest {
    private final ProxySelector selector = ProxySelector.getDefault();
    private final ScriptedUpstream server = new ScriptedUpstream();

    @AfterEach
    void close() {
        ProxySelector.setDefault(selector);
        server.close();
    }

    @Test
    void a_server_without_tls_is_asked_by_one_thread_for_all_answers() {
        assertEquals("", packingAskedFor(server.baseUrl(), UpstreamClient.AUTO));
    }

    @Test
    void okhttp_asks_where_it_is_told_to() {
        assertEquals("gzip", packingAskedFor(server.baseUrl(), UpstreamClient.OKHTTP));
    }

    @Test
    void okhttp_asks_through_the_proxy_that_the_jvm_is_told_of() {
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI address) {
                return List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(server.baseUrl().getHost(), server.baseUrl().getPort())));
            }

            @Override
            public void connectFailed(URI address, SocketAddress proxy, IOException failure) {}
        });

        assertEquals("gzip", packingAskedFor(URI.create("http://model.invalid/v1"), UpstreamClient.AUTO));
        assertEquals("http://model.invalid/v1/chat/completions", server.questions().getFirst().path());
    }

    private String packingAskedFor(URI base, UpstreamClient client) {
        server.next(Scenarios.text(1));
        try (var upstream = new OpenAiUpstream(new Endpoint(base, Optional.empty(), Optional.empty(), Optional.empty(),
                Duration.ofSeconds(10), ContinueBy.AUTO, client))) {
            assertEquals(Outcome.Complete.class, upstream.prepare(UpstreamTest.QUESTION).stream(new Pieces()).getClass());
        }
        return server.questions().getFirst().header("accept-encoding");
    }
}
