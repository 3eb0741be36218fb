package runnel.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import runnel.settings.ContinueBy;
import runnel.settings.Outbound;
import runnel.settings.Provider;
import runnel.upstream.demo.DemoServer;
import runnel.upstream.openai.Discovery.Place;

/// Model servers on this machine are found where they usually listen.
@Timeout(30)
class DiscoveryTest {
    @BeforeAll
    static void loadOkHttp() {
        ProvidersTest.loadOkHttp();
    }

    private static Endpoint endpoint(Provider provider) {
        return new Endpoint(provider, Optional.empty(), new Endpoint.Waits(Duration.ofSeconds(9), Duration.ofSeconds(9)), ContinueBy.AUTO, Outbound.DIRECT);
    }

    private static Place place(String id, ScriptedUpstream server) {
        return new Place(id, id, server.baseUrl().getPort());
    }

    private static List<String> found(Place... places) {
        var found = new Discovery(List.of(places), DiscoveryTest::endpoint).look().join();
        found.forEach(OpenAiUpstream::close);
        return found.stream().map(each -> each.endpoint().provider().id()).toList();
    }

    @Test
    void those_that_answer_with_a_list_are_found_and_asked_once_without_a_key() {
        try (var ollama = new ScriptedUpstream(); var empty = new ScriptedUpstream(); var page = new ScriptedUpstream(); var locked = new ScriptedUpstream()) {
            empty.listing(wire -> wire.json(200, "{\"object\":\"list\",\"data\":null}"));
            page.listing(Scenarios.html(200));
            locked.listing(Scenarios.refuse(401, "no key"));
            assertEquals(List.of("ollama", "empty"), found(place("ollama", ollama), new Place("closed", "closed", 1), place("page", page),
                    place("locked", locked), place("empty", empty)));
            assertEquals(1, ollama.asked().size());
            assertEquals("/v1/models", ollama.asked().getFirst().path());
            assertEquals("", ollama.asked().getFirst().header("authorization"));
        }
    }

    @Test
    void one_that_is_silent_is_given_up_and_hides_no_other() throws InterruptedException {
        try (var silent = new ScriptedUpstream(); var ollama = new ScriptedUpstream()) {
            silent.listing(Wire::awaitHangUp);
            assertEquals(List.of("ollama"), found(place("silent", silent), place("ollama", ollama)));
            silent.asked().getFirst().awaitHangUp();
        }
    }

    @Test
    void the_own_port_is_left_out() {
        assertEquals(List.of(11434, 1234, 8000), Discovery.usual(8080).stream().map(Place::port).toList());
        assertEquals(4, Discovery.usual(7070).size());
    }

    @Test
    void another_runnel_is_no_model_server() {
        try (var runnel = new ScriptedUpstream()) {
            runnel.listing(wire -> wire.json(200, "{\"data\":[{\"id\":\"m\",\"owned_by\":\"runnel\"}]}"));
            assertEquals(List.of(), found(place("llama.cpp", runnel)));
        }
    }

    @Test
    void what_is_found_comes_before_the_demo_which_stays() {
        try (var ollama = new ScriptedUpstream(); var demo = DemoServer.start()) {
            var beside = new OpenAiUpstream(demo.endpoint(Duration.ofSeconds(9)));
            var found = new Discovery(List.of(place("ollama", ollama)), DiscoveryTest::endpoint).look()
                    .thenApply(all -> Stream.concat(all.stream(), Stream.of(beside)).toList());
            try (var providers = new Providers(found, false, Optional.of("text:3"))) {
                assertEquals("ollama/text:3", providers.models().preferred());
                assertEquals(List.of("ollama/text:3", "demo/runnel-demo", "demo/runnel-demo-reasoning"),
                        providers.models().models().stream().map(each -> each.id()).toList());
                assertTrue(providers.offers("runnel-demo") && providers.offers("text:3"));
            }
        }
    }
}
