package runnel.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.chat.Role;
import runnel.chat.Secret;
import runnel.chat.Turn;
import runnel.chat.Usage;

/// What a question looks like on the wire, and an answer in all the ways in which servers write one.
@Timeout(20)
class OpenAiUpstreamTest extends UpstreamTest {
    private static final Outcome STOP = new Outcome.Complete("stop", Optional.of(new Usage(7, 3, 10)));

    @Test
    void an_answer_is_its_deltas_in_order_with_finish_reason_and_usage() {
        var answer = ask(Scenarios.text(3));

        assertEquals("word0 word1 word2 ", answer.content());
        assertEquals(STOP, answer.outcome());
    }

    @Test
    void a_question_is_sent_as_the_api_wants_it() {
        ask(new Question("text:1",
                List.of(new Turn(Role.SYSTEM, "Be brief"), new Turn(Role.USER, "Hi \ud83d"), new Turn(Role.ASSISTANT, "We")),
                OptionalDouble.of(0.5), OptionalLong.of(99)));

        var asked = server.questions().getFirst();
        assertEquals("/v1/chat/completions", asked.path());
        assertEquals("Bearer " + ScriptedUpstream.CANARY, asked.header("authorization"));
        assertEquals("""
                {"model":"text:1","messages":[{"role":"system","content":"Be brief"},{"role":"user","content":"Hi ?"},\
                {"role":"assistant","content":"We"}],"stream":true,"stream_options":{"include_usage":true},\
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
    void deltas_may_be_empty_and_hold_any_character_and_halves_of_one() {
        String[] deltas = {"", "a\r\n", "\u2028", "\"\\", "\ud83d", "\ude00", "\0", "é漢😀", "\ud83d"};

        assertEquals(String.join("", deltas), ask(Scenarios.deltas(deltas)).content());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void lines_may_end_in_each_of_the_three_ways_and_bytes_may_come_one_by_one(String lineEnd) {
        var answer = ask(wire -> {
            wire.lineEnd(lineEnd).byteByByte();
            Scenarios.deltas("naïve ", "漢😀").play(wire);
        });

        assertEquals("naïve 漢😀", answer.content());
        assertEquals(STOP, answer.outcome());
    }

    @Test
    void comments_and_unknown_fields_and_other_events_are_no_part_of_the_answer() {
        var answer = ask(wire -> {
            wire.stream().comment("OPENROUTER PROCESSING").chunk("retry: 5\nid: 1\nodd: x\n\n");
            wire.chunk("event: ping\ndata: {\"type\": \"ping\"}\n\n").event("{\"choices\":[],\"prompt_filter_results\":[]}");
            wire.delta("so").finish("stop").done();
        });

        assertEquals("so", answer.content());
    }

    @ParameterizedTest
    @ValueSource(strings = {"reasoning_content", "reasoning"})
    void reasoning_is_understood_in_both_spellings(String field) {
        var answer = ask(wire -> wire.stream().delta(field, "hm \"so\"").delta("yes").finish("stop").done());

        assertEquals("hm \"so\"", answer.reasoning());
        assertEquals("yes", answer.content());
    }

    @Test
    void reasoning_in_both_spellings_at_once_counts_once() {
        var answer = ask(wire -> wire.stream()
                .event(Wire.chunk("{\"reasoning\":\"hm\",\"reasoning_content\":\"hm\",\"content\":null}", "null"))
                .finish("stop").done());

        assertEquals("hm", answer.reasoning());
    }

    @Test
    void content_may_come_in_parts_of_which_some_are_thought() {
        String parts = "[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"hm\"}]},"
                + "{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]";
        var answer = ask(wire -> wire.stream()
                .event(Wire.chunk("{\"content\":" + parts + "}", "null")).finish("stop").done());

        assertEquals("hm", answer.reasoning());
        assertEquals("ab", answer.content());
    }

    @Test
    void the_finish_reason_is_kept_and_may_come_with_the_last_text() {
        assertEquals(new Outcome.Complete("length", Optional.empty()), ask(Scenarios.length(2)).outcome());

        var together = ask(wire -> wire.stream()
                .event(Wire.chunk("{\"content\":\"all\"}", "\"content_filter\"")).done());
        assertEquals("all", together.content());
        assertEquals(new Outcome.Complete("content_filter", Optional.empty()), together.outcome());
    }

    @Test
    void either_a_finish_reason_or_done_makes_an_answer_complete() {
        var stop = new Outcome.Complete("stop", Optional.empty());

        assertEquals(stop, ask(Scenarios.withoutDone(2)).outcome());
        assertEquals(stop, ask(Scenarios.withoutFinishReason(2)).outcome());
    }

    @Test
    void nothing_that_goes_wrong_behind_the_finish_reason_harms_the_answer() {
        var stop = new Outcome.Complete("stop", Optional.empty());

        assertEquals(stop, ask(wire -> wire.stream().delta("a").finish("stop").cut()).outcome());
        assertEquals(stop, ask(wire -> wire.stream().delta("a").finish("stop").reset()).outcome());
    }

    @Test
    void done_ends_the_answer_though_the_server_keeps_the_stream_open() throws InterruptedException {
        var answer = ask(wire -> {
            wire.stream().delta("a").event("[DONE]");
            wire.awaitHangUp();
        });

        assertEquals(new Outcome.Complete("stop", Optional.empty()), answer.outcome());
        server.questions().getFirst().awaitHangUp();
    }

    @Test
    void an_answer_that_is_finished_waits_five_seconds_at_most_for_the_end_of_its_stream() {
        long before = System.nanoTime();
        var answer = ask(wire -> {
            wire.stream().delta("a").finish("stop");
            wire.awaitHangUp();
        });

        assertEquals(new Outcome.Complete("stop", Optional.empty()), answer.outcome());
        assertTrue(Duration.ofNanos(System.nanoTime() - before).toMillis() < 7000);
    }

    @Test
    void an_answer_that_did_not_stream_is_one_piece() {
        var answer = ask(Scenarios.notStreamed("all of it"));

        assertEquals("all of it", answer.content());
        assertEquals(new Outcome.Complete("stop", Optional.of(new Usage(1, 2, 3))), answer.outcome());
    }

    @Test
    void a_stream_without_a_content_type_is_read_as_one() {
        assertEquals("a", ask(wire -> wire.head(200, "Transfer-Encoding: chunked").delta("a").done()).content());
    }

    @Test
    void ten_thousand_tiny_chunks_are_ten_thousand_pieces() {
        var pieces = new Pieces();
        server.next(Scenarios.text(10_000));
        upstream.prepare(QUESTION).stream(pieces);

        assertEquals(10_000, pieces.pieces().size());
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
    void a_connection_is_used_again() {
        ask(Scenarios.text(2));
        ask(Scenarios.text(2));

        assertEquals(1, server.connections());
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
            public void reasoning(String piece) {}

            @Override
            public void content(String piece) {
                if (thrown instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) thrown;
            }
        };
    }
}
