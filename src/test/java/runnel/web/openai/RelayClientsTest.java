package runnel.web.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static runnel.web.WebTest.openAiError;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.Client;
import runnel.Person;
import runnel.Server;
import runnel.faults.Eventually;

/// Clients of a relay that leave, take nothing, are shut out, or are too many.
class RelayClientsTest {
    private static final String PATH = "/v1/chat/completions";

    @TempDir
    Path data;
    private Server server;

    private Server start(String... settings) {
        server = Server.start(data, settings);
        return server;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<InputStream> open(String model, String... headers) {
        var all = new java.util.ArrayList<>(List.of("Content-Type", "application/json"));
        all.addAll(List.of(headers));
        return server.client().send("POST", PATH, body(model), HttpResponse.BodyHandlers.ofInputStream(), all.toArray(String[]::new));
    }

    private static String body(String model) {
        return "{\"model\":\"" + model + "\",\"stream\":true}";
    }

    private HttpResponse<String> post(String model, String... headers) {
        var all = new java.util.ArrayList<>(List.of("Content-Type", "application/json"));
        all.addAll(List.of(headers));
        return server.client().send("POST", PATH, body(model), all.toArray(String[]::new));
    }

    private Socket raw(String model) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        var body = body(model);
        socket.getOutputStream().write(("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body).getBytes(UTF_8));
        return socket;
    }

    @ParameterizedTest
    @ValueSource(strings = {"mute", "silence:2"})
    void the_server_is_not_asked_any_longer_by_a_client_that_leaves(String scenario) throws Exception {
        start("HEARTBEAT", "60");
        try (var socket = raw(scenario)) {
            Eventually.holds(() -> !server.upstream().questions().isEmpty());
            if (scenario.startsWith("silence")) {
                socket.getInputStream().readNBytes(500);
            }
        }
        server.upstream().questions().getFirst().awaitHangUp();
    }

    @Test
    void a_client_that_takes_nothing_holds_bounded_memory_and_is_cut_off() throws Exception {
        start("HEARTBEAT", "1");
        var sent = new AtomicLong();
        server.upstream().next(wire -> {
            wire.stream();
            var event = "data: {\"x\":\"" + "x".repeat(60_000) + "\"}\n\n";
            for (; sent.get() < 200 << 20; sent.addAndGet(event.length())) {
                wire.chunk(event);
            }
        });
        try (var socket = raw("m")) {
            Eventually.holds(() -> !server.upstream().questions().isEmpty());
            server.upstream().questions().getFirst().awaitHangUp();
            assertTrue(sent.get() < 40 << 20, () -> sent + " bytes were taken from the server"); // the kernel's buffers hold some
        }
    }

    @Test
    void a_client_that_takes_its_time_gets_all() throws Exception {
        start();
        server.upstream().next(wire -> {
            wire.stream();
            for (int i = 0; i < 3_000; i++) {
                wire.event("{\"x\":\"" + "x".repeat(10_000) + "\"}");
            }
            wire.done();
        });
        long size = 0;
        try (var in = open("m").body()) {
            Eventually.sleep(500);
            size = in.readAllBytes().length;
        }
        assertEquals(3_000L * (10_000 + "data: {\"x\":\"\"}\n\n".length()) + "data: [DONE]\n\n".length(), size);
    }

    @Test
    void a_client_that_takes_little_by_little_holds_nothing_longer_than_an_answer_may_take() throws Exception {
        start("OPENAI_TIMEOUT", "2");
        server.upstream().next(wire -> {
            wire.stream();
            while (true) {
                wire.event("{\"x\":\"" + "x".repeat(60_000) + "\"}");
            }
        });
        try (var socket = raw("m"); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var dripping = threads.submit(() -> {
                while (socket.getInputStream().readNBytes(10).length > 0) {
                    Thread.sleep(10);
                }
                return true;
            });
            Eventually.holds(() -> !server.upstream().questions().isEmpty());
            server.upstream().questions().getFirst().awaitHangUp();
            Eventually.holds(() -> server.client().get("/metrics").body().contains("runnel_relays_ended_total{outcome=\"answered\"} 1.0"));
            dripping.cancel(true);
        }
    }

    @Test
    void what_a_person_took_goes_with_the_account() {
        start("AUTH", "accounts");
        Person.registered(server, "admin@example.org");
        var ada = Person.registered(server, "ada@example.org");
        var token = new String[] {"Authorization", "Bearer " + ada.token()};
        post("text:1", token);
        assertEquals(1, Client.json(server.client().get("/api/usage", token)).get("usage").size());
        ada.send("DELETE", "/api/me", Client.object().put("password", Person.PASSWORD));
        assertEquals(0, server.database().<Long>read(sql -> sql.number("select count(*) from token_use")));
    }

    @Test
    void an_idle_stream_carries_heartbeats_between_events_only() throws Exception {
        start("HEARTBEAT", "1");
        var script = server.upstream().script();
        try (var in = open("m").body()) {
            script.awaitAsked();
            assertEquals(":\n\n", new String(in.readNBytes(3), UTF_8));
            script.step(wire -> wire.chunk("data: {\"half"));
            assertEquals("data: {\"half", new String(in.readNBytes(12), UTF_8));
            Eventually.sleep(2_500);
            script.step(wire -> wire.chunk("\":1}\n\n"));
            assertEquals("\":1}\n\n:\n\n", new String(in.readNBytes(9), UTF_8));
            script.finish();
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "runnel.slow", matches = "true", disabledReason = "takes half a minute")
    void an_answer_may_be_waited_for_longer_than_a_connection_may_idle() {
        start("HEARTBEAT", "1", "OPENAI_SILENCE_TIMEOUT", "60");
        server.upstream().next(wire -> {
            Thread.sleep(32_000);
            wire.json(200, "{\"choices\":[]}");
        });
        assertEquals("{\"choices\":[]}", post("m").body());
    }

    @Test
    void silence_ends_it() {
        start("OPENAI_SILENCE_TIMEOUT", "1");
        assertEquals("upstream_timeout", openAiError(504, post("mute")).get("code").asText());
        var read = new java.io.ByteArrayOutputStream();
        assertThrows(IOException.class, () -> open("silence:1").body().transferTo(read));
        assertTrue(read.toString(UTF_8).contains("upstream_timeout"), read::toString);
    }

    @RepeatedTest(5)
    void a_stop_ends_it_cleanly() throws Exception {
        start("SHUTDOWN_GRACE", "0");
        var streaming = open("silence:1").body();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads.submit(() -> post("mute"));
            var read = new java.io.ByteArrayOutputStream();
            var reading = threads.submit(() -> assertThrows(IOException.class, () -> streaming.transferTo(read)));
            Eventually.holds(() -> server.upstream().questions().size() == 2 && read.toString(UTF_8).contains("word0"));
            server.restart();
            reading.get();
            assertTrue(read.toString(UTF_8).contains("\"code\":\"stopping\""), read::toString);
            assertEquals("stopping", openAiError(503, waiting.get()).get("code").asText());
        }
        for (var question : server.upstream().questions()) {
            question.awaitHangUp();
        }
    }

    @Test
    void no_more_run_at_once_than_may_with_the_replies_and_each_gives_its_permit_back() throws Exception {
        start("MAX_RUNNING", "5");
        server.client().ask("hello", "silence:1");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var opened = IntStream.range(0, 20).mapToObj(_ -> threads.submit(() -> open("silence:1"))).toList();
            int served = 0;
            for (var each : opened) {
                var answer = each.get();
                served += answer.statusCode() == 200 ? 1 : 0;
                assertTrue(answer.statusCode() == 200 || answer.headers().firstValue("Retry-After").isPresent());
            }
            assertEquals(4, served);
            assertEquals("too_many_replies", openAiError(503, post("text:1")).get("code").asText());
            for (var each : opened) {
                each.get().body().close();
            }
        }
        Eventually.holds(() -> post("text:1").statusCode() == 200);
        assertEquals(6, server.upstream().questions().size());
    }

    @Test
    void a_person_has_a_share_and_a_token_that_is_revoked_ends_what_it_opened() throws Exception {
        start("AUTH", "accounts", "MAX_RUNNING_PER_USER", "1");
        var ada = Person.registered(server, "ada@example.org");
        var made = Client.json(ada.send("POST", "/api/me/tokens", Client.object().put("name", "script")));
        var bearer = new String[] {"Authorization", "Bearer " + made.get("token").asText()};
        openAiError(401, post("text:1"));
        openAiError(401, post("text:1", "Authorization", "Bearer sk-wrong"));
        try (var in = open("silence:1", bearer).body()) {
            assertEquals("rate_limit_error", openAiError(429, post("text:1", bearer)).get("type").asText());
            ada.send("DELETE", "/api/me/tokens/" + made.get("id").asText(), null);
            var read = new java.io.ByteArrayOutputStream();
            assertThrows(IOException.class, () -> in.transferTo(read));
            assertTrue(read.toString(UTF_8).contains("authentication_error"), read::toString);
        }
        assertEquals(1, server.upstream().questions().size());
    }

    @Test
    void a_model_that_is_not_offered_is_not_there() {
        start("AUTH", "accounts", "ANY_MODEL", "false");
        var bearer = new String[] {"Authorization", "Bearer " + Person.registered(server, "ada@example.org").token()};
        assertEquals(1, Client.json(server.client().get("/v1/models", bearer)).get("data").size());
        var error = openAiError(404, post("gpt-nothing", bearer));
        assertEquals(List.of("model", "model_not_found"), List.of(error.get("param").asText(), error.get("code").asText()));
        assertEquals(error, openAiError(404, server.client().post("/v1/responses", Response.asked("gpt-nothing", "x"), bearer)));
        assertEquals(200, post("text:3", bearer).statusCode());
        assertEquals(1, server.upstream().questions().size());
    }

    @Test
    void pages_of_other_sites_ask_nothing() {
        start();
        openAiError(403, post("text:1", "Origin", "https://evil.example"));
        openAiError(403, post("text:1", "Sec-Fetch-Site", "cross-site"));
        assertTrue(server.upstream().questions().isEmpty());
    }
}
