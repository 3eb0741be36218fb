package runnel.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ByteString;
import okio.ForwardingSource;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.upstream.Outcome;

/// Why an answer that has begun does not end well. Every test here also sees that it was asked for once.
@Timeout(30)
class FaultTest extends UpstreamTest {
    /// What the first question of all takes, is no part of these limits of time.
    @BeforeAll
    static void ask_once() {
        try (var server = new ScriptedUpstream(); var upstream = new OpenAiUpstream(server.endpoint())) {
            upstream.prepare(QUESTION).stream(new Pieces());
        }
    }

    @AfterEach
    void nothing_is_asked_twice() {
        assertTrue(server.questions().size() <= 1, "asked " + server.questions().size() + " times");
    }

    @Test
    void an_answer_that_is_cut_keeps_what_came() {
        var answer = ask(Scenarios.cut(2));

        assertEquals("word0 word1 ", answer.content());
        assertEquals("upstream-broken-off", answer.code());
    }

    @Test
    void an_answer_that_ends_inside_an_event_is_cut() {
        assertEquals("upstream-broken-off", ask(Scenarios.cutInsideAnEvent(1)).code());
    }

    @Test
    void an_answer_that_is_reset_is_cut() {
        assertEquals("upstream-broken-off", ask(Scenarios.reset(1)).code());
    }

    @Test
    void an_answer_that_ends_properly_but_without_a_reason_is_cut() {
        assertEquals("upstream-broken-off", ask(Scenarios.unfinished(2)).code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5\r\n", "zz\r\n", "\r\n", "ffffffffffffffffff\r\n", "5"})
    void an_answer_in_chunks_of_nonsense_is_cut(String size) {
        assertEquals("upstream-broken-off", ask(wire -> wire.stream().delta("a").raw(size + "data: x").cut()).code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r", "data: {}\r", "data: {}\r\r", "x\r"})
    void an_answer_that_ends_in_a_carriage_return_ends(String end) {
        assertEquals("upstream-broken-off", ask(wire -> wire.stream().delta("a").chunk(end).end()).code());
    }

    @Test
    void an_answer_without_an_event_is_empty() {
        assertEquals("upstream-empty", ask(wire -> wire.stream().comment("hello").end()).code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"choices\":[{\"delta\":{\"content\":\"x", "hello", "<html>", "{\"a\":\u0001}"})
    void an_event_that_is_not_json_cannot_be_read(String data) {
        var answer = ask(wire -> {
            wire.stream().delta("a").event(data);
            wire.awaitHangUp();
        });

        assertEquals("a", answer.content());
        assertEquals("upstream-malformed", answer.code());
    }

    @Test
    void an_error_inside_the_stream_ends_it() {
        assertEquals("upstream-error", ask(Scenarios.errorInStream(1, "CUDA out of memory")).code());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "upstream-error|event: error\\ndata: something\\n\\n",
        "upstream-error|event: error\\ndata: {\"message\":\"boom\"}\\n\\n",
        "upstream-error|data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"error\"}]}\\n\\n",
        "upstream-error|data: {\"error\":\"boom\"}\\n\\n",
        "upstream-limited|data: {\"error\":{\"code\":429,\"message\":\"Rate limit exceeded\"},\"choices\":[{\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}]}\\n\\n",
        "upstream-error|data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"error\",\"error\":{\"message\":\"boom\"}}]}\\n\\n",
        "upstream-error|error: {\"message\":\"boom\"}\\n\\n",
        "upstream-error|event: Exception\\ndata: something\\n\\n",
        "upstream-error|event : stream_error\\ndata : {}\\n\\n",
        "upstream-error|event: failed\\n\\n",
        "upstream-error|data: {\"exception\":\"RuntimeError: boom\"}\\n\\n",
        "upstream-error|data: {\"choices\":[{\"message\":{\"content\":\"\",\"error\":{\"message\":\"boom\"}}}]}\\n\\n",
        "upstream-limited|data: {\"result\":{\"error\":\"Rate limit exceeded\"}}\\n\\n",
        "upstream-refused-key|error:{\"code\":401,\"message\":\"Incorrect API key provided\"}\\n",
        "upstream-error|{\"error\":{\"message\":\"boom\"}}\\n",
        "upstream-error|data: {\"error_message\":\"boom\",\"choices\":[]}\\n\\n",
        "upstream-error|data: {\"choices\":[],\"code\":1001,\"msg\":\"model not loaded\"}\\n\\n",
        "upstream-error|data: {\"object\":\"error\",\"message\":\"boom\",\"code\":50001}\\n\\n",
        "upstream-error|data: {\"type\":\"error\",\"message\":\"boom\"}\\n\\n",
        "upstream-unpaid|data: {\"detail\":\"Insufficient balance\"}\\n\\n",
        "upstream-limited|data: {\"base_resp\":{\"status_code\":1002,\"status_msg\":\"rate limit\"},\"choices\":null}\\n\\n",
        "upstream-error|data: [{\"error\":{\"code\":500,\"message\":\"Internal\",\"status\":\"INTERNAL\"}}]\\n\\n",
        "upstream-error|data: {\"choices\":[{\"delta\":{},\"finish_reason\":null,\"native_finish_reason\":\"MALFORMED_RESPONSE\"}]}\\n\\ndata: [DONE]\\n\\n",
        "upstream-error|data: {\"choices\":[{\"delta\":{\"error\":\"boom\"}}]}\\n\\n",
        "upstream-context-exceeded|data: {\"error\":{\"code\":\"context_length_exceeded\"}}\\n\\n"})
    void errors_inside_the_stream_are_understood_in_every_shape(String code, String event) {
        assertEquals(code, ask(wire -> wire.stream().delta("a").chunk(event.replace("\\n", "\n")).end()).code());
    }

    @Test
    void an_error_in_place_of_a_whole_answer_is_a_failure() {
        assertEquals("upstream-error", ask(wire -> wire.json(200, "{\"error\":{\"message\":\"boom\"}}")).code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"choices\":[{", "hello"})
    void a_whole_answer_that_is_not_json_cannot_be_read(String body) {
        assertEquals("upstream-malformed", ask(wire -> wire.json(200, body)).code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"status\":\"ok\"}"})
    void a_json_document_that_is_no_answer_is_not_an_api(String body) {
        assertEquals("upstream-not-an-api", ask(wire -> wire.json(200, body)).code());
    }

    @Test
    void nothing_is_read_behind_an_event_that_cannot_be_read() {
        assertEquals("a", ask(wire -> wire.stream().chunk("data: " + Wire.chunk("{\"content\":\"a\"}", "null")
                + "\n\ndata: nonsense\n\ndata: " + Wire.chunk("{\"content\":\"b\"}", "null") + "\n\n").end()).content());
    }

    @Test
    void silence_before_the_answer_ends_at_the_deadline() {
        allow(Duration.ofMillis(600));
        assertEquals("upstream-timeout", ask(Scenarios.mute()).code());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void silence_inside_the_answer_ends_at_the_deadline(int tokens) throws InterruptedException {
        allow(Duration.ofMillis(600));

        assertEquals("upstream-timeout", ask(Scenarios.silence(tokens)).code());
        server.questions().getFirst().awaitHangUp();
    }

    @Test
    void a_model_that_writes_is_not_cut_by_the_deadline_but_at_its_first_pause_behind_it() {
        allow(Duration.ofMillis(600));
        assertEquals("no failure", ask(Scenarios.paced(200, 10)).code());
    }

    @Test
    void signs_of_life_are_no_part_of_the_answer_so_they_do_not_hold_the_deadline_off() {
        allow(Duration.ofMillis(600));
        assertEquals("upstream-timeout", ask(wire -> {
            for (wire.stream().delta("a"); !wire.asked().isHungUp(); Thread.sleep(20)) {
                wire.comment("PROCESSING");
            }
        }).code());
    }

    @Test
    void silence_has_a_limit_of_its_own_which_a_comment_resets() {
        upstream.close();
        upstream = new OpenAiUpstream(server.endpoint(new Endpoint.Waits(Duration.ofSeconds(30), Duration.ofMillis(600))));

        var thinks = ask(wire -> {
            wire.stream();
            for (int i = 0; i < 20; i++) {
                wire.comment("thinking");
                Thread.sleep(50);
            }
            wire.delta("so").finish("stop").done();
        });
        assertEquals("so", thinks.content());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void a_silent_model_is_given_up_with_the_name_of_the_setting(int tokens) {
        upstream.close();
        upstream = new OpenAiUpstream(server.endpoint(new Endpoint.Waits(Duration.ofSeconds(30), Duration.ofMillis(600))));

        var mute = (Outcome.Failed) ask(Scenarios.silence(tokens)).outcome();
        assertEquals("The model fell silent", mute.problem().title());
        assertTrue(mute.problem().detail().contains("OPENAI_SILENCE_TIMEOUT"));
    }

    @Test
    void a_line_without_an_end_is_given_up_before_it_fills_the_memory() throws InterruptedException {
        var sent = new AtomicLong();
        byte[] block = "x".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        var answer = ask(wire -> {
            for (wire.stream().chunk("data: "); sent.get() < 100 << 20; sent.addAndGet(block.length)) {
                wire.chunk(block);
            }
            wire.end();
        });

        assertEquals("upstream-oversized", answer.code());
        server.questions().getFirst().awaitHangUp();
        assertTrue(sent.get() < 32 << 20, sent + " bytes were taken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: {\"choices\":[{\"delta\":{\"content\":\"\"}}]}\n\n", "data: ping\n\n", "{\"choices\":[]}\n", "\n"})
    @Timeout(120)
    void a_flood_that_says_nothing_is_given_up(String event) throws InterruptedException {
        allow(Duration.ofSeconds(110));
        byte[] block = event.repeat(1000).getBytes(StandardCharsets.US_ASCII);
        var answer = ask(wire -> {
            for (wire.stream(); !wire.asked().isHungUp(); ) {
                wire.chunk(block);
            }
        });

        assertEquals("upstream-oversized", answer.code());
        server.questions().getFirst().awaitHangUp();
    }

    @Test
    @Timeout(120)
    void as_many_events_that_say_nothing_as_thoughts_have_tokens_are_fine() {
        var silence = ("data: " + Wire.chunk("{\"content\":\"\"}", "null") + "\n\n").repeat(1000);
        assertEquals("ab", ask(wire -> {
            wire.stream();
            for (var said : List.of("a", "b")) {
                wire.delta(said);
                for (int i = 0; i < 60; i++) {
                    wire.chunk(silence);
                }
            }
            wire.finish("stop").done();
        }).content());
    }

    /// A virtual thread is never interrupted, so each that has always something to read would keep a processor.
    @Test
    void a_server_that_sends_without_a_pause_leaves_others_their_turn() throws InterruptedException {
        var over = new AtomicBoolean();
        var endless = new Buffer().writeUtf8(": so\n".repeat(1000)).readByteString();
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            Thread.ofVirtual().start(() -> read(endless, over));
        }
        var other = Thread.ofVirtual().start(() -> {});
        boolean hadItsTurn = other.join(Duration.ofSeconds(10));
        over.set(true);
        assertTrue(hadItsTurn);
    }

    private static void read(ByteString endless, AtomicBoolean over) {
        var source = new ForwardingSource(new Buffer()) {
            @Override
            public long read(Buffer sink, long byteCount) {
                sink.write(endless);
                return endless.size();
            }
        };
        var body = new MeteredBody(ResponseBody.create(Okio.buffer(source), null, -1), () -> {});
        try {
            for (var sink = new Buffer(); !over.get(); sink.clear()) {
                body.read(sink, 8192);
                body.eventWasRead();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Test
    void a_small_compressed_line_that_unfolds_to_many_megabytes_is_given_up_too() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write("data: ".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 20; i++) {
                gzip.write(new byte[1 << 20]);
            }
        }
        assertEquals("upstream-oversized", ask(wire -> wire.head(200, "Content-Type: text/event-stream",
                "Content-Encoding: gzip", "Content-Length: " + packed.size()).raw(packed.toByteArray())).code());
    }

    @Test
    void megabytes_are_fine_where_they_come_in_events() {
        String block = "x".repeat(3 << 20);
        var answer = ask(Scenarios.deltas(block, block, block));

        assertEquals(9 << 20, answer.content().length());
    }
}
