package runnel.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import runnel.chat.Secret;
import runnel.settings.ContinueBy;
import runnel.settings.Outbound;
import runnel.settings.Provider;
import runnel.upstream.Models.Model;
import runnel.upstream.Outcome;
import runnel.upstream.UpstreamException;
import runnel.upstream.openai.Providers.State;

/// Several model servers as one: whose a model is, and that one which is dead, silent or slow takes nothing from the others.
@Timeout(30)
class ProvidersTest {
    private final List<ScriptedUpstream> servers = new ArrayList<>();
    private final List<Endpoint> endpoints = new ArrayList<>();
    private Providers providers;

    /// The first request of a process loads OkHttp, which takes longer than a list may on a machine that is busy enough.
    @BeforeAll
    static void loadOkHttp() {
        try (var server = new ScriptedUpstream(); var upstream = new OpenAiUpstream(server.endpoint())) {
            upstream.prepare(UpstreamTest.question("text:1")).stream(new Pieces());
        }
    }

    @AfterEach
    void closeAll() {
        providers.close();
        servers.forEach(ScriptedUpstream::close);
    }

    /// A server with these models.
    private ScriptedUpstream add(String id, String... models) {
        var server = new ScriptedUpstream();
        server.listing(wire -> wire.json(200, List.of(models).stream().map(each -> "{\"id\":\"" + each + "\"}")
                .collect(Collectors.joining(",", "{\"data\":[", "]}"))));
        servers.add(server);
        endpoints.add(endpoint(id, server.baseUrl(), new Provider.Access(Optional.of(new Secret("key-of-" + id)), Map.of("X-Of", new Secret("header-of-" + id)),
                Set.of(), Map.of("OPENAI_BASE_URL", "providers.json[1] (" + id + "), url")), Provider.Offer.WHATEVER_IT_LISTS));
        return server;
    }

    private static Endpoint endpoint(String id, URI url, Provider.Access access, Provider.Offer offer) {
        return new Endpoint(new Provider(id, id, url, access, Provider.Api.CHAT, offer), Optional.empty(),
                new Endpoint.Waits(Duration.ofSeconds(20), Duration.ofSeconds(20)), ContinueBy.AUTO, Outbound.DIRECT);
    }

    private static Provider.Access open() {
        return new Provider.Access(Optional.empty(), Map.of(), Set.of(), Map.of());
    }

    private void open(boolean any) {
        providers = Providers.of(endpoints, any, Optional.empty());
    }

    private String ask(String model) {
        var outcome = providers.prepare(UpstreamTest.question(model)).stream(new Pieces());
        return new UpstreamTest.Answered("", "", outcome).code();
    }

    private Map<String, State> states() {
        return providers.listings().stream().collect(Collectors.toMap(each -> each.provider().id(), each -> each.state()));
    }

    private List<String> names() {
        return providers.listings().stream().flatMap(each -> each.models().stream()).map(Model::id).toList();
    }

    @Test
    void models_are_called_by_their_server_and_the_first_server_s_first_is_preferred() {
        add("default", "m");
        add("router", "meta/llama", "m2");
        open(true);
        assertEquals(List.of("default/m", "router/meta/llama", "router/m2"), names());
        assertEquals("default/m", providers.models().preferred());
    }

    @Test
    void one_server_s_models_have_their_own_names_and_the_full_ones_of_before_still_work() {
        var server = add("router", "meta/llama", "router/odd");
        open(false);
        assertEquals(List.of("meta/llama", "router/odd"), names());
        for (String model : List.of("meta/llama", "router/meta/llama", "router/odd")) {
            assertTrue(providers.offers(model), model);
            assertEquals("no failure", ask(model));
        }
        assertEquals(List.of("meta/llama", "meta/llama", "router/odd"), server.questions().stream().map(Asked::model).toList());
    }

    /// `main` has a, both; `openai` has gpt, both; `router` has openai/gpt, openai/only, both, x/y.
    @ParameterizedTest
    @CsvSource({"default/a, default, a", "a, default, a", "openai/gpt, openai, gpt", "router/openai/gpt, router, openai/gpt", "gpt, openai, gpt",
            "openai/only, router, openai/only", "x/y, router, x/y", "router/x/y, router, x/y", "both, default, both", "openai/both, openai, both",
            "openai/new, openai, new", "new, default, new", "default/x/new, default, x/new"})
    void a_model_s_name_leads_to_its_server(String name, String server, String model) {
        add("default", "a", "both");
        add("openai", "gpt", "both");
        add("router", "openai/gpt", "openai/only", "both", "x/y");
        open(true);
        var route = providers.route(name).orElseThrow();
        assertEquals(server + " " + model, route.upstream().endpoint().provider().id() + " " + route.model());
        assertEquals("no failure", ask(name));
        assertEquals(List.of(model), servers.get(List.of("default", "openai", "router").indexOf(server)).questions().stream().map(Asked::model).toList());
        assertEquals(1, servers.stream().mapToInt(each -> each.questions().size()).sum());
    }

    @Test
    void a_chat_of_a_server_that_is_gone_is_sent_to_no_other() {
        add("default", "a");
        add("b", "c");
        open(true);
        assertFalse(providers.offers("gone/model"));
        assertEquals("model-not-offered", ask("gone/model"));
        assertEquals(0, servers.stream().mapToInt(each -> each.questions().size()).sum());
    }

    @Test
    void a_name_that_means_several_is_refused_to_who_asks_now_and_is_the_environment_s_in_an_old_chat() {
        add("default", "both");
        add("b", "both");
        open(true);
        assertFalse(providers.offers("both"));
        assertTrue(providers.offers("b/both"));
        assertEquals("no failure", ask("both"));
        assertEquals(1, servers.getFirst().questions().size());
    }

    @Test
    void where_the_environment_has_no_server_such_a_name_asks_nobody_and_says_which_there_are() {
        add("a", "both", "only");
        add("b", "both");
        open(true);
        var outcome = assertInstanceOf(Outcome.Failed.class, providers.prepare(UpstreamTest.question("both")).stream(new Pieces()));
        assertEquals("model-ambiguous", outcome.problem().code());
        assertTrue(outcome.problem().detail().contains("a/both, b/both"));
        assertEquals("model-not-offered", ask("nowhere"));
        assertFalse(providers.offers("nowhere"));
        assertEquals("no failure", ask("only"));
        assertEquals(1, servers.getFirst().questions().size());
        assertEquals(0, servers.getLast().questions().size());
    }

    @Test
    void people_may_ask_only_for_what_a_server_lists_and_the_operator_for_anything_of_a_server_s() {
        add("default", "a");
        add("b", "c");
        open(false);
        assertTrue(providers.offers("b/c") && providers.offers("c") && !providers.offers("b/d") && !providers.offers("d"));
        assertEquals("model-not-offered", ask("b/d"));
        providers.close();
        open(true);
        assertTrue(providers.offers("b/d") && providers.offers("d"));
    }

    @Test
    void the_models_that_the_operator_names_are_the_only_ones_with_or_without_a_list() {
        var server = add("a", "listed", "other");
        endpoints.set(0, endpoint("a", server.baseUrl(), open(), new Provider.Offer(List.of("unlisted", "listed"), Map.of("unlisted", 99L), Set.of("listed"))));
        add("b", "m");
        open(false);
        var models = providers.listings().getFirst().models();
        assertEquals(List.of("a/unlisted", "a/listed"), models.stream().map(Model::id).toList());
        assertEquals(99, models.getFirst().contextTokens().orElseThrow());
        assertEquals(99, providers.contextTokens("a/unlisted").orElseThrow());
        assertTrue(models.getLast().vision() && !models.getFirst().vision());
        assertFalse(providers.offers("a/other"));
        providers.close();
        server.listing(Scenarios.refuse(404, "no list"));
        open(false);
        assertEquals(List.of("a/unlisted", "a/listed", "b/m"), names());
        assertEquals(Map.of("a", State.OK, "b", State.OK), states());
    }

    @Test
    void a_dead_and_a_silent_server_hide_nothing_are_named_and_are_not_waited_for() throws Exception {
        endpoints.add(endpoint("dead", URI.create("http://127.0.0.1:1/v1"), new Provider.Access(Optional.empty(), Map.of(), Set.of(),
                Map.of("OPENAI_BASE_URL", "providers.json[0] (dead), url")), Provider.Offer.WHATEVER_IT_LISTS));
        var silent = add("silent", "never");
        silent.listing(Wire::awaitHangUp);
        add("alive", "m");
        open(false);

        assertEquals(List.of("alive/m"), names());
        assertFalse(silent.asked().getFirst().isHungUp(), "the silent one was waited for");
        assertEquals(Map.of("dead", State.UNAVAILABLE, "silent", State.PENDING, "alive", State.OK), states());
        assertEquals("alive/m", providers.models().preferred());
        assertTrue(providers.listings().getFirst().problem().orElseThrow().detail().contains("providers.json[0] (dead), url"));
        assertEquals("no failure", ask("alive/m"));
        assertFalse(silent.asked().getFirst().isHungUp(), "the silent one was waited for");
        silent.asked().getFirst().awaitHangUp();
        while (states().get("silent") == State.PENDING) {
            Thread.onSpinWait();
        }
        assertEquals(State.UNAVAILABLE, states().get("silent"));
    }

    @Test
    void lists_are_fetched_at_the_same_time_and_once_however_many_ask() throws Exception {
        var together = new CountDownLatch(3);
        for (String id : List.of("a", "b", "c")) {
            add(id).listing(wire -> {
                together.countDown();
                together.await();
                wire.json(200, "{\"data\":[{\"id\":\"m\"}]}");
            });
        }
        open(true);
        Set<List<String>> seen = ConcurrentHashMap.newKeySet();
        var threads = IntStream.range(0, 50).mapToObj(_ -> Thread.startVirtualThread(() -> seen.add(names()))).toList();
        for (Thread each : threads) {
            each.join();
        }
        assertEquals(Set.of(List.of("a/m", "b/m", "c/m")), seen);
        servers.forEach(server -> assertEquals(1, server.asked().size()));
    }

    @Test
    void a_server_that_fails_later_is_named_and_keeps_its_last_list() {
        var failing = add("a", "m");
        add("b", "n");
        providers = new Providers(CompletableFuture.completedFuture(endpoints.stream()
                .map(endpoint -> new OpenAiUpstream(endpoint, Duration.ZERO, Duration.ZERO)).toList()), false, Optional.empty());
        assertEquals(List.of("a/m", "b/n"), names());
        failing.listing(Scenarios.refuse(500, "boom"));
        while (states().get("a") != State.UNAVAILABLE) {
            Thread.onSpinWait();
        }
        assertEquals(List.of("a/m", "b/n"), names());
        assertTrue(providers.offers("a/m"));
        assertEquals("a/m", providers.models().preferred());
        failing.listing(wire -> wire.json(200, "{\"data\":[{\"id\":\"new\"}]}"));
        while (states().get("a") != State.OK || !names().contains("a/new")) {
            Thread.onSpinWait();
        }
        assertFalse(providers.offers("a/m"));
    }

    @Test
    void where_all_are_dead_their_states_say_so_and_a_new_chat_hears_why() {
        for (String id : List.of("a", "b")) {
            endpoints.add(endpoint(id, URI.create("http://127.0.0.1:1/v1"), open(), Provider.Offer.WHATEVER_IT_LISTS));
        }
        open(true);
        assertEquals(Map.of("a", State.UNAVAILABLE, "b", State.UNAVAILABLE), states());
        assertEquals("upstream-unreachable", assertThrows(UpstreamException.class, providers::models).problem().code());
    }

    @Test
    void a_server_whose_key_is_not_set_is_named_is_never_asked_and_stops_nobody() {
        var keyless = add("keyless", "m");
        endpoints.set(0, endpoint("keyless", keyless.baseUrl(), new Provider.Access(Optional.empty(), Map.of(), Set.of("SOME_KEY"), Map.of()),
                new Provider.Offer(List.of("m"), Map.of(), Set.of())));
        add("b", "m");
        open(true);
        assertEquals(List.of("b/m"), names());
        var problem = assertInstanceOf(Outcome.Failed.class, providers.prepare(UpstreamTest.question("keyless/m")).stream(new Pieces())).problem();
        assertEquals("upstream-key-unset", problem.code());
        assertTrue(problem.detail().contains("SOME_KEY") && problem.detail().contains("keyless"));
        assertEquals(problem, providers.listings().getFirst().problem().orElseThrow());
        assertEquals(0, keyless.connections());
    }

    @Test
    void each_server_gets_its_own_key_and_headers_and_no_other_s_and_a_redirect_gets_none() {
        add("a", "m");
        add("b", "m").next(Scenarios.redirect(servers.getFirst().baseUrl() + "/chat/completions"));
        open(true);
        assertEquals("upstream-redirect", ask("b/m"));
        assertEquals("no failure", ask("b/m"));
        assertEquals("no failure", ask("a/m"));
        for (int i = 0; i < 2; i++) {
            String id = List.of("a", "b").get(i);
            assertTrue(servers.get(i).asked().stream().allMatch(each -> each.header("authorization").equals("Bearer key-of-" + id)
                    && each.header("x-of").equals("header-of-" + id)));
        }
        assertEquals(1, servers.getFirst().questions().size());
    }

    @Test
    void what_one_model_refuses_is_remembered_for_its_server_alone() {
        add("a", "m").next(Scenarios.refuseParameter("stream_options", Scenarios.text(1)), Scenarios.text(1), Scenarios.text(1));
        add("b", "m");
        open(true);
        ask("a/m");
        ask("a/m");
        ask("b/m");
        assertEquals(List.of(true, false, false), servers.getFirst().questions().stream().map(each -> each.body().has("stream_options")).toList());
        assertTrue(servers.getLast().questions().getFirst().body().has("stream_options"));
    }
}
