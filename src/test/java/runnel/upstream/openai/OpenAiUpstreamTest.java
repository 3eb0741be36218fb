package runnel.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import runnel.chat.Role;
import runnel.chat.Run;
import runnel.chat.Secret;
import runnel.chat.Turn;
import runnel.upstream.Outcome;
import runnel.upstream.Question;
import runnel.upstream.Sink;

/// What a question looks like on the wire, and what becomes of its connection.
@Timeout(20)
class OpenAiUpstreamTest extends UpstreamTest {
    @Test
    void a_question_is_sent_as_the_api_wants_it() {
        ask(new Question("text:1",
                List.of(new Turn(Role.SYSTEM, "Be brief"), new Turn(Role.ASSISTANT, "We"), new Turn(Role.USER, "Hi \ud83d")),
                Optional.of(0.5), Optional.of(99L)));

        var asked = server.questions().getFirst();
        assertEquals("/v1/chat/completions", asked.path());
        assertEquals("Bearer " + ScriptedUpstream.CANARY, asked.header("authorization"));
        assertEquals("""
                {"model":"text:1","messages":[{"role":"system","content":"Be brief"},{"role":"assistant","content":"We"},\
                {"role":"user","content":"Hi ?"}],"stream":true,"stream_options":{"include_usage":true},\
                "temperature":0.5,"max_tokens":99}""", asked.body().toString());
    }

    @Test
    void a_query_in_the_base_url_and_the_organization_are_sent_along() {
        var base = URI.create(server.baseUrl() + "/?api-version=1");
        try (var azure = new OpenAiUpstream(new Endpoint(
                base, Optional.empty(), Optional.of("org-1"), Optional.empty(), Duration.ofSeconds(9)))) {
            azure.prepare(QUESTION).stream(new Pieces());
        }

        var asked = server.questions().getFirst();
        assertEquals("/v1/chat/completions?api-version=1", asked.path());
        assertEquals("org-1", asked.header("openai-organization"));
        assertEquals("", asked.header("authorization"));
    }

    @Test
    void the_path_of_questions_may_be_part_of_the_base_url() {
        try (var whole = new OpenAiUpstream(new Endpoint(URI.create(server.baseUrl() + "/chat/completions?api-version=1"), Optional.empty(), Optional.empty(),
                Optional.empty(), Duration.ofSeconds(9)))) {
            whole.prepare(QUESTION).stream(new Pieces());
        }
        assertEquals("/v1/chat/completions?api-version=1", server.questions().getFirst().path());
    }

    @Test
    void many_questions_run_at_once() throws InterruptedException {
        int many = 50;
        var scripts = Stream.generate(server::script).limit(many).toList();
        var threads = scripts.stream().map(_ -> Thread.startVirtualThread(() -> ask(QUESTION))).toList();
        scripts.forEach(Script::awaitAsked);
        scripts.forEach(Script::finish);
        for (Thread each : threads) {
            each.join();
        }

        assertEquals(many, server.questions().size());
    }

    @Test
    void over_http_1_1_a_connection_carries_one_question_and_says_so() {
        ask(Scenarios.text(2));
        ask(Scenarios.text(2));

        assertEquals(2, server.connections());
        assertEquals("close", server.questions().getFirst().header("connection"));
    }

    @Test
    void what_the_sink_throws_comes_through_when_the_connection_is_closed() throws InterruptedException {
        var full = new IllegalStateException("disk full");
        server.next(Scenarios.silence(1));
        var thrown = assertThrows(IllegalStateException.class, () -> upstream.prepare(QUESTION).stream(throwing(full)));

        assertSame(full, thrown);
        server.questions().getFirst().awaitHangUp();
    }

    @Test
    void an_error_that_the_sink_throws_comes_through_too() throws InterruptedException {
        server.next(Scenarios.silence(1));
        assertThrows(AssertionError.class, () -> upstream.prepare(QUESTION).stream(throwing(new AssertionError("no"))));

        server.questions().getFirst().awaitHangUp();
    }

    @Test
    void a_base_url_or_key_that_cannot_be_sent_is_refused_without_repeating_it() {
        var key = assertThrows(IllegalArgumentException.class, () -> endpoint("http://localhost", "sk-canary\n"));
        assertFalse(key.getMessage().contains("canary"));
        assertThrows(IllegalArgumentException.class, () -> endpoint("ftp://localhost", "sk"));
    }

    @Test
    void closing_the_upstream_ends_what_runs() throws InterruptedException {
        var script = server.script();
        var answered = new CompletableFuture<Answered>();
        Thread.startVirtualThread(() -> answered.complete(ask(QUESTION)));
        script.awaitAsked();
        upstream.close();

        assertInstanceOf(Outcome.Failed.class, answered.join().outcome());
    }

    private static Endpoint endpoint(String base, String key) {
        return new Endpoint(URI.create(base), Optional.of(new Secret(key)), Optional.empty(), Optional.empty(),
                Duration.ofSeconds(1));
    }

    private static Sink throwing(Throwable thrown) {
        return new Sink() {
            @Override
            public void call(String id, String name) {}

            @Override
            public void append(Run.Kind kind, String piece) {
                if (thrown instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) thrown;
            }
        };
    }
}
