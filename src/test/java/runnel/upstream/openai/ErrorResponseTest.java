package runnel.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.upstream.Outcome;

/// Why no answer begins. Every test here also sees that the question was asked once.
@Timeout(30)
class ErrorResponseTest extends UpstreamTest {
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
    @CsvSource(delimiter = '|', value = {
        "upstream-refused-key|400|[{\"error\":{\"code\":400,\"message\":\"API key not valid. Please pass a valid API key.\",\"status\":\"INVALID_ARGUMENT\"}}]",
        "upstream-refused-key|400|{\"error\":{\"message\":\"Incorrect API key provided\",\"code\":\"invalid_api_key\"}}", "upstream-refused-key|422|{\"detail\":\"No API key provided\"}",
        "upstream-refused-key|500|{\"error\":\"Unauthorized\"}", "upstream-refused-key|200|{\"error\":{\"message\":\"Invalid authentication\",\"code\":401}}",
        "upstream-refused-key|200|{\"code\":401,\"msg\":\"api_key is invalid\"}", "upstream-refused|400|{\"error\":{\"message\":\"messages.0: invalid token count\"}}",
        "upstream-not-an-api|200|{\"error\":\"Unexpected endpoint or method. (POST /chat/completions)\"}", "upstream-not-an-api|404|404 page not found", "upstream-not-an-api|404|<html>Not found</html>",
        "upstream-not-an-api|405|<h1>405</h1>", "upstream-not-an-api|404|{\"error\":{\"message\":\"Unknown request URL: POST /chat/completions\"}}", "upstream-not-an-api|404|Cannot POST /chat/completions",
        "upstream-not-found|404|{\"error\":{\"message\":\"model 'x' not found, try pulling it first\"}}",
        "upstream-not-found|400|{\"error\":{\"message\":\"Model Not Exist\"}}", "upstream-not-found|503|{\"error\":{\"message\":\"当前分组下对于模型 x 无可用渠道\",\"code\":\"model_not_found\"}}",
        "upstream-not-found|400|{\"error\":{\"message\":\"foo/bar is not a valid model ID\",\"code\":400}}", "upstream-no-models|404|{\"error\":{\"message\":\"No models loaded. Please load one.\",\"code\":\"model_not_found\"}}",
        "upstream-refused-key|500|{\"error\":{\"message\":\"无效的令牌\"}}", "upstream-refused-key|200|{\"base_resp\":{\"status_code\":1004,\"status_msg\":\"login fail\"}}", "upstream-refused-key|400|\"{\\\"error\\\":{\\\"message\\\":\\\"Incorrect API key provided\\\"}}\"",
        "upstream-unpaid|400|{\"error\":{\"message\":\"Your credit balance is too low\"}}", "upstream-unpaid|400|{\"code\":\"Arrearage\",\"message\":\"Access denied\"}", "upstream-limited|400|{\"error\":{\"message\":\"Rate limit reached\"}}",
        "upstream-empty|400|{\"error\":{\"code\":\"content_filter\",\"message\":\"The response was filtered\"}}", "upstream-empty|403|{\"error\":{\"message\":\"your input was flagged\"}}",
        "upstream-elsewhere|403|{\"error\":{\"message\":\"Country, region, or territory not supported\"}}", "upstream-elsewhere|400|[{\"error\":{\"message\":\"User location is not supported for the API use.\"}}]",
        "upstream-error|500|{\"error\":\"error loading model: unknown model architecture: 'qwen3next'\"}", "upstream-error|500|unable to load model: blob: invalid file magic", "upstream-error|500|error loading model: tensor not found",
        "upstream-error|500|The model produced invalid content", "upstream-refused|400|This model's input is an invalid image", "upstream-overloaded|503|The model `x` is overloaded: no invalid slot, channel not found",
        "upstream-not-found|400|{\"error\":\"unknown model 'x'\"}", "upstream-not-found|400|invalid model ID",
        "upstream-not-an-api|403|<title>Just a moment...</title>", "upstream-timeout|524|<title>A timeout occurred</title>",
        "upstream-needs-tls|400|Client sent an HTTP request to an HTTPS server.", "upstream-needs-tls|400|<center>The plain HTTP request was sent to HTTPS port</center>",
        "upstream-needs-tls|400|Reason: You're speaking plain HTTP to an SSL-enabled server port.",
        "upstream-refused-key|400|{\"message\":\"invalid api token\"}", "upstream-refused-key|200|{\"error\":{\"message\":\"该令牌状态不可用\"}}", "upstream-unpaid|403|{\"error\":{\"message\":\"该令牌额度已用尽\"}}",
        "upstream-unpaid|403|{\"error\":{\"message\":\"Key limit exceeded (total limit)\"}}", "upstream-unpaid|401|{\"message\":\"Unauthorized\",\"detail\":\"Inactive subscription or usage limit reached\"}",
        "upstream-unpaid|400|{\"error\":{\"message\":\"Budget has been exceeded! Current cost: 1.1\"}}", "upstream-not-found|400|{\"error\":{\"message\":\"The model `x` has been decommissioned and is no longer supported\"}}",
        "upstream-empty|400|{\"error\":{\"message\":\"Your prompt was flagged as potentially violating our usage policy\"}}", "upstream-empty|403|{\"error\":\"Content violates usage guidelines\"}",
        "upstream-unpaid|403|{\"error\":{\"message\":\"Your credit balance is too low\"}}", "upstream-context-exceeded|500|{\"error\":{\"message\":\"the request exceeds the available context size\"}}"})
    void a_refusal_is_diagnosed_by_its_words_where_its_status_says_less(String code, int status, String body) {
        assertEquals(code, ask(wire -> wire.answer(status, body.startsWith("<") ? "text/html" : "text/plain", body)).code());
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"17 seconds|Retry-After: 17|{}", "3 seconds|Retry-After: 2.5|{}", "432 seconds|X: y|{'error':{'message':'Please try again in 7m12s.'}}",
        "8 seconds|X: y|{'error':{'message':'Rate limit reached. Please try again in 7.66s. Visit x'}}", "20 seconds|X: y|{'error':{'message':'Please retry after 20 seconds.'}}",
        "34 seconds|X: y|[{'error':{'message':'You exceeded your current quota, please check your plan and billing details. Please retry in 33.4s.','status':'RESOURCE_EXHAUSTED'}}]",
        "a while|Retry-After: Thu, 01 Jan 1970 00:00:00 GMT|{}", "a while|Retry-After: -1|{}"})
    void a_limit_says_how_long_to_wait_where_the_server_does(String wait, String header, String body) {
        var answer = ask(wire -> wire.json(429, body.replace('\'', '"'), header));

        assertEquals("upstream-limited", answer.code());
        assertTrue(detail(answer).contains("again in " + wait + "."), detail(answer));
    }

    @Test
    void a_limit_that_ends_at_a_time_says_how_long_that_is() {
        var date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).plusDays(1));
        assertTrue(detail(ask(wire -> wire.json(429, "{}", "Retry-After: " + date))).matches(".*again in 8[56]\\d{3} seconds.*"));
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
    void a_connection_that_ends_before_the_answer_was_hung_up() {
        assertEquals("upstream-hung-up", ask(Wire::cut).code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 abc\r\n\r\n", "\r\n\r\n"})
    void another_protocol_is_no_answer(String greeting) {
        assertEquals("upstream-hung-up", ask(wire -> wire.raw(greeting).cut()).code());
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

    private String askAt(String base) {
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
