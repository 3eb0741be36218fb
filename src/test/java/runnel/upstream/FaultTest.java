package runnel.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What an upstream can do wrong. Every test here also sees that it was asked once.
class FaultTest extends UpstreamTest {
    @AfterEach
    void nothing_is_asked_twice() {
        assertTrue(server.questions().size() <= 1, "asked " + server.questions().size() + " times");
    }

    @ParameterizedTest
    @CsvSource({
        "400, upstream-refused, 502", "401, upstream-refused-key, 502", "402, upstream-unpaid, 429",
        "403, upstream-refused-key, 502", "404, upstream-not-found, 502", "408, upstream-timeout, 504",
        "413, upstream-context-exceeded, 422", "418, upstream-refused, 502", "421, upstream-refused, 502",
        "422, upstream-refused, 502", "429, upstream-limited, 429", "500, upstream-error, 502",
        "502, upstream-error, 502", "503, upstream-overloaded, 503", "504, upstream-timeout, 504",
        "529, upstream-overloaded, 503", "301, upstream-redirect, 502", "302, upstream-redirect, 502",
        "307, upstream-redirect, 502", "308, upstream-redirect, 502"})
    void a_status_has_a_problem_of_its_own(int status, String code, int ours) {
        var answer = ask(wire -> wire.json(status, Scenarios.error("scripted", "", ""), "Retry-After: 0",
                "Location: " + server.baseUrl() + "/chat/completions"));

        assertEquals(code, answer.code());
        assertEquals(ours, ((Outcome.Failed) answer.outcome()).problem().status());
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404, 500, 503})
    void a_status_is_understood_without_json(int status) {
        assertTrue(ask(Scenarios.html(status)).code().startsWith("upstream-"));
    }

    @Test
    void a_redirect_takes_the_key_nowhere() {
        try (var elsewhere = new ScriptedUpstream()) {
            assertEquals("upstream-redirect", ask(Scenarios.redirect(elsewhere.baseUrl() + "/chat/completions")).code());
            assertEquals(0, elsewhere.connections());
        }
    }

    @Test
    void a_limit_says_how_long_to_wait_where_the_server_does() {
        var answer = ask(wire -> wire.json(429, "{}", "Retry-After: 17"));

        assertTrue(detail(answer).contains("17 seconds"), detail(answer));
    }

    @Test
    void a_retry_time_that_is_no_number_is_not_repeated() {
        assertFalse(detail(ask(wire -> wire.json(429, "{}", "Retry-After: <b>never</b>"))).contains("never"));
    }

    @Test
    void a_chat_that_is_too_long_is_called_so() {
        String message = "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.";
        assertEquals("upstream-context-exceeded", ask(Scenarios.refuse(400, message)).code());
    }

    @Test
    void a_page_is_not_an_api() {
        assertEquals("upstream-not-an-api", ask(Scenarios.html(200)).code());
    }

    @Test
    void a_used_up_account_is_called_so() {
        assertEquals("upstream-unpaid", ask(wire -> wire.json(429,
                Scenarios.error("You exceeded your current quota", "", "insufficient_quota"))).code());
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

    @Test
    void a_connection_that_ends_before_the_answer_was_hung_up() {
        assertEquals("upstream-hung-up", ask(Wire::cut).code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 abc\r\n\r\n", "\r\n\r\n"})
    void another_protocol_is_no_answer(String greeting) {
        assertEquals("upstream-hung-up", ask(wire -> wire.raw(greeting).cut()).code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"choices\":[{\"delta\":{\"content\":\"x", "{\"a\":1} {\"b\":2}", "hello", "<html>", "{\"a\":\u0001}"})
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
        "upstream-error|data: {\"error\":\"boom\"}\\n\\n",
        "upstream-limited|data: {\"error\":{\"code\":429,\"message\":\"Rate limit exceeded\"},\"choices\":[{\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}]}\\n\\n",
        "upstream-error|data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"error\",\"error\":{\"message\":\"boom\"}}]}\\n\\n",
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
    void the_deadline_is_for_the_whole_answer_however_busy_it_is() {
        allow(Duration.ofMillis(600));
        assertEquals("upstream-timeout", ask(Scenarios.paced(1000, 5)).code());
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

    @Test
    void a_small_compressed_line_that_unfolds_to_a_hundred_megabytes_is_given_up_too() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write("data: ".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 100; i++) {
                gzip.write(new byte[1 << 20]);
            }
        }
        assertEquals("upstream-oversized", ask(wire -> wire.head(200, "Content-Type: text/event-stream",
                "Content-Encoding: gzip", "Content-Length: " + packed.size()).raw(packed.toByteArray())).code());
    }

    @Test
    void megabytes_are_fine_where_they_come_in_events() {
        String block = "x".repeat(1 << 20);
        var answer = ask(Scenarios.deltas(block, block, block, block, block, block, block, block, block, block));

        assertEquals(10 << 20, answer.content().length());
    }

    @Test
    void a_port_that_nobody_listens_at_cannot_be_reached() {
        assertEquals("upstream-unreachable", askAt("http://127.0.0.1:1/v1"));
    }

    @Test
    void a_name_that_does_not_resolve_is_called_so() {
        assertEquals("upstream-unresolved", askAt("http://nowhere.invalid/v1"));
    }

    @Test
    void a_server_without_tls_is_no_secure_connection() {
        assertEquals("upstream-tls", askAt(server.baseUrl().toString().replace("http:", "https:")));
    }

    private static String askAt(String base) {
        try (var upstream = new OpenAiUpstream(new Endpoint(URI.create(base), Optional.empty(), Optional.empty(),
                Optional.empty(), Duration.ofSeconds(20)))) {
            var outcome = upstream.prepare(QUESTION).stream(new Pieces());
            return new Answered("", "", outcome).code();
        }
    }

    private static String detail(Answered answer) {
        return ((Outcome.Failed) answer.outcome()).problem().detail();
    }
}
