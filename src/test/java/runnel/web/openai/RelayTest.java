package runnel.web.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.Canaries;
import runnel.Client;
import runnel.upstream.openai.Asked;
import runnel.upstream.openai.Scenario;
import runnel.upstream.openai.Scenarios;
import runnel.web.WebTest;

/// `POST /v1/chat/completions`: what a client sends reaches the model's server, and what that answers reaches the client.
class RelayTest extends WebTest {
    private static final String PATH = "/v1/chat/completions";

    private HttpResponse<String> post(String body, String... headers) {
        var all = new java.util.ArrayList<>(List.of("Content-Type", "application/json"));
        all.addAll(List.of(headers));
        return client.send("POST", PATH, body, all.toArray(String[]::new));
    }

    private Asked asked() {
        return model.questions().getLast();
    }

    /// With every kind of thing that a client may send, also what no server knows, in an order and with white space of its own.
    private static final String ODD = """
            {"stream" : true, "zz_unknown": {"deep": [1, 2.50, -0, 1e5, 12345678901234567890, null, "\\u00e9\\/\\ud83d\\ude00 é😀"]},
             "messages":[{"role":"user","content":[{"type":"text","text":"what\\tis this?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}]},
              {"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{\\"a\\": 1}"}}]},
              {"role":"tool","tool_call_id":"call_1","content":"42"}],
             "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{"model":{"type":"string"}}}}}],
             "response_format":{"type":"json_schema","json_schema":{"name":"x","schema":{}}}, "stream_options":{"include_usage":true},
             "model" : "text:3" , "temperature": "wrong", "n": [] }
            """;

    @Test
    void what_the_client_sends_reaches_the_server_byte_for_byte() {
        assertEquals(200, post(ODD, "Authorization", "Bearer sk-whatever", "X-Own", "1", "Cookie", "a=b").statusCode());
        assertArrayEquals(ODD.getBytes(UTF_8), asked().bytes());
        assertEquals("Bearer " + Canaries.KEY, asked().header("authorization"));
        assertEquals("application/json", asked().header("content-type"));
        assertEquals("", asked().header("x-own") + asked().header("cookie"));
    }

    @Test
    void events_reach_the_client_byte_for_byte() {
        var events = """
                : a comment

                event: odd
                id: 7
                data: {"id":"x","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_1","function":{"name":"f","arguments":"{\\"a"}}]},"odd":[1e2]}]}

                data: {"choices":[{"index":1,"delta":{"refusal":"no","reasoning":"é😀"}}]}\r
                \r
                data: {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7}}

                data: [DONE]

                """;
        model.next(wire -> wire.head(200, "Content-Type: text/event-stream", "X-Request-Id: req_1", "Set-Cookie: a=b", "Transfer-Encoding: chunked").chunk(events).end());
        var answer = post("{\"model\":\"m\",\"stream\":true}");
        assertEquals(events, answer.body());
        var headers = answer.headers();
        assertEquals("text/event-stream;charset=utf-8", headers.firstValue("Content-Type").orElse("").replace(" ", ""));
        assertEquals(List.of("no", "req_1"), List.of(headers.firstValue("X-Accel-Buffering").orElse(""), headers.firstValue("x-request-id").orElse("")));
        assertTrue(headers.firstValue("Cache-Control").orElse("").contains("no-store"));
        assertTrue(headers.firstValue("Set-Cookie").isEmpty());
    }

    @Test
    void a_document_reaches_the_client_byte_for_byte() {
        var document = "{ \"choices\":[{\"message\":{\"content\":\"hé\", \"audio\":{\"x\":1}}}],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":5}, \"odd\":1.50}\n";
        model.next(wire -> wire.json(200, document));
        var answer = post("{\"model\":\"m\"}");
        assertEquals(document, answer.body());
        assertEquals("application/json", answer.headers().firstValue("Content-Type").orElse(""));
    }

    @Test
    void each_event_comes_when_the_server_sends_it() throws Exception {
        var script = model.script();
        try (var in = client.send("POST", PATH, "{\"model\":\"m\",\"stream\":true}", HttpResponse.BodyHandlers.ofInputStream(), "Content-Type", "application/json").body()) {
            script.awaitAsked();
            for (var word : List.of("one", "two", "three")) {
                script.send(word);
                assertTrue(event(in).contains(word));
            }
            script.finish();
        }
    }

    private static String event(java.io.InputStream in) throws java.io.IOException {
        var event = new StringBuilder();
        while (event.indexOf("\n\n") < 0) {
            event.append((char) in.read());
        }
        return event.toString();
    }

    @ParameterizedTest
    @CsvSource({"400", "401", "403", "404", "409", "422", "429", "500", "503"})
    void the_servers_refusals_reach_the_client_in_its_own_form(int status) {
        var words = "{\"error\":{\"message\":\"No, as " + status + "\",\"type\":\"odd_error\",\"param\":\"tools[0]\",\"code\":17,\"extra\":{}}}";
        model.next(wire -> wire.json(status, words, "Retry-After: 17", "x-ratelimit-remaining-tokens: 5"));
        var answer = post("{\"model\":\"m\",\"stream\":true}");
        assertEquals(status, answer.statusCode());
        assertEquals(words, answer.body());
        assertEquals("17", answer.headers().firstValue("Retry-After").orElse(""));
        assertEquals("5", answer.headers().firstValue("x-ratelimit-remaining-tokens").orElse(""));
    }

    @Test
    void a_refusal_that_is_no_json_is_told_in_openais_form_with_its_status() {
        model.next(wire -> wire.answer(429, "text/html", "<html>Too many</html>", "Retry-After: 17"), Scenarios.html(200), Scenarios.redirect("https://evil.example/"),
                wire -> wire.answer(200, "application/json", ""), wire -> wire.json(400, "{\"error\":{\"message\":\"x\"},}"), wire -> wire.json(400, "{\"error\":{\"message\":NaN}}"));
        var limited = post("{\"model\":\"m\"}");
        assertEquals("upstream_limited", openAiError(429, limited).get("code").asText());
        assertEquals("17", limited.headers().firstValue("Retry-After").orElse(""));
        assertEquals("upstream_not_an_api", openAiError(502, post("{\"model\":\"m\"}")).get("code").asText());
        assertEquals("upstream_redirect", openAiError(502, post("{\"model\":\"m\"}")).get("code").asText());
        assertEquals("upstream_empty", openAiError(502, post("{\"model\":\"m\"}")).get("code").asText());
        assertEquals("upstream_refused", openAiError(400, post("{\"model\":\"m\"}")).get("code").asText());
        assertEquals("upstream_refused", openAiError(400, post("{\"model\":\"m\"}")).get("code").asText());
    }

    @Test
    void headers_of_the_server_that_are_many_long_or_ask_for_years_are_not_passed_on_as_they_are() {
        var head = new java.util.ArrayList<>(List.of("Retry-After: 99999999999999", "Retry-After-Ms: 1500"));
        for (int i = 0; i < 60; i++) {
            head.add("X-RateLimit-A" + i + ": " + "9".repeat(i % 2 == 0 ? 900 : 200));
        }
        model.next(wire -> wire.json(200, "{\"choices\":[]}", head.toArray(String[]::new)));
        var answer = post("{\"model\":\"m\"}");
        assertEquals(List.of("86400", "1500"), List.of(answer.headers().firstValue("Retry-After").orElse(""), answer.headers().firstValue("Retry-After-Ms").orElse("")));
        assertEquals(18, answer.headers().map().keySet().stream().filter(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("x-ratelimit")).count());
    }

    @Test
    void the_key_reaches_no_client_wherever_the_server_repeats_it() {
        var key = Canaries.KEY;
        var half = key.length() / 2;
        Scenario refused = wire -> wire.json(401, "{\"error\":{\"message\":\"Incorrect API key provided: " + key + ", and \\u0073k-ab\\/********wxyz\"}}");
        Scenario whole = wire -> wire.json(200, "{\"choices\":[],\"key\":\"" + key.replace("-", "\\u002D") + "\"}");
        Scenario cut = wire -> wire.stream().chunk("data: {\"x\":\"" + key.substring(0, half)).chunk(key.substring(half) + "\"}\n\n").end();
        Scenario begun = wire -> wire.stream().chunk("data: {\"x\":\"" + key.substring(0, half)).end();
        model.next(refused, whole, cut, begun);
        var refusal = post("{\"model\":\"m\"}");
        assertEquals("Incorrect API key provided: ***, and ***", Client.json(refusal).at("/error/message").asText());
        assertEquals("{\"choices\":[],\"key\":\"***\"}", post("{\"model\":\"m\"}").body());
        assertEquals("data: {\"x\":\"***\"}\n\n", post("{\"model\":\"m\"}").body());
        assertEquals("data: {\"x\":\"" + key.substring(0, half), post("{\"model\":\"m\"}").body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "\"text\"", "null", "{}{}", "{\"model\":\"m\"} x", "{'model':'m'}", "{\"model\":\"m\",\"x\":NaN}",
        "{\"model\":\"m\",\"model\":\"n\"}", "{\"model\":\"m\",\"x\":[{\"a\":1,\"a\":2}]}", "{\"model\":\"m\",\"x\":1e400}", "{\"model\":\"m\",\"x\":\"\u0001\"}", "{\"model\":\"m\",\"x\":\"\\q\"}"})
    void what_is_no_proper_json_object_is_not_passed_on(String body) {
        openAiError(400, post(body));
        assertTrue(model.questions().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"model\":null}", "{\"model\":1}", "{\"model\":[\"m\"]}", "{\"model\":{}}", "{\"model\":\"\"}", "{\"model\":\"  \"}", "{\"model\":true,\"messages\":[]}"})
    void a_model_that_is_missing_or_no_text_is_named(String body) {
        assertEquals("model", openAiError(400, post(body)).get("param").asText());
        assertTrue(model.questions().isEmpty());
    }

    @Test
    void what_is_too_deep_too_large_or_not_utf_8_is_not_passed_on() throws Exception {
        assertEquals("x", openAiError(400, post("{\"model\":\"m\",\"x\":" + "[".repeat(200) + "]".repeat(200) + "}")).get("param").asText());
        openAiError(400, post("{\"model\":\"m\",\"x\":" + "[".repeat(200_000)));
        assertEquals("x", openAiError(400, post("{\"model\":\"m\",\"x\":" + "9".repeat(5_000) + "}")).get("param").asText());
        openAiError(400, post("{\"model\":\"m\",\"x\":[" + "0,".repeat(250_000) + "0]}"));
        openAiError(413, post("{\"model\":\"m\",\"x\":\"" + "x".repeat(17 << 20) + "\"}"));
        assertEquals(200, post("{\"model\":\"m\",\"x\":\"" + "x".repeat(12 << 20) + "\"}").statusCode());
        for (var bytes : List.of("{\"model\":\"m\",\"x\":\"\u00ff\"}".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), "{\"model\":\"m\"}".getBytes(java.nio.charset.StandardCharsets.UTF_16LE),
                "{\"model\":\"m\",\"x\":\"\u00ed\u00a0\u0080\"}".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))) {
            openAiError(400, sendBytes(bytes));
        }
        assertEquals(1, model.questions().size());
    }

    private HttpResponse<String> sendBytes(byte[] body) throws Exception {
        try (var http = java.net.http.HttpClient.newHttpClient()) {
            return http.send(java.net.http.HttpRequest.newBuilder(server.url(PATH)).header("Content-Type", "application/json")
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(body)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void another_type_and_another_method_are_refused() {
        assertEquals("unsupported_type", openAiError(415, client.send("POST", PATH, "{\"model\":\"m\"}", "Content-Type", "text/plain")).get("code").asText());
        openAiError(405, client.get(PATH));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut:2", "reset:2"})
    void an_answer_that_breaks_off_says_so_and_is_not_taken_for_whole(String scenario) throws Exception {
        var answer = client.send("POST", PATH, "{\"model\":\"" + scenario + "\",\"stream\":true}", HttpResponse.BodyHandlers.ofInputStream(), "Content-Type", "application/json");
        var read = new java.io.ByteArrayOutputStream();
        var failure = org.junit.jupiter.api.Assertions.assertThrows(java.io.IOException.class, () -> answer.body().transferTo(read));
        assertFalse(failure.toString().isEmpty());
        var last = read.toString(UTF_8).strip().lines().toList().getLast();
        assertEquals("upstream_broken_off", Client.json(last.replace("data: ", "")).at("/error/code").asText());
    }

    @Test
    void a_document_that_breaks_off_before_any_of_it_went_on_is_an_error() {
        model.next(wire -> wire.head(200, "Content-Type: application/json", "Content-Length: 1000").raw("  ").cut());
        assertEquals("upstream_broken_off", openAiError(502, post("{\"model\":\"m\"}")).get("code").asText());
    }

    @Test
    void nothing_is_stored_but_what_it_cost() {
        post("{\"model\":\"text:3\",\"stream\":true}");
        model.next(wire -> wire.json(200, "{\"choices\":[],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":5}}"));
        post("{\"model\":\"text:3\"}");
        post("{\"model\":\"status:500\"}");
        assertEquals(0, Client.json(client.get("/api/chats")).get("chats").size());
        assertEquals(List.of("text:3 2 18 8"), usage());
        var sent = client.ask("hello", "text:3");
        client.whole(sent);
        assertEquals(List.of("text:3 3 25 11"), usage());
        assertTrue(client.get("/metrics").body().contains("runnel_tokens_total{kind=\"completion\"} 11.0"));
    }

    private List<String> usage() {
        return Client.json(client.get("/api/usage")).get("usage").valueStream().map(row -> "%s %d %d %d".formatted(row.get("model").asText(),
                row.get("requests").asInt(), row.get("prompt_tokens").asInt(), row.get("completion_tokens").asInt())).toList();
    }

    @Test
    void a_server_that_keeps_the_connection_open_behind_the_end_keeps_nobody_waiting() throws Exception {
        model.next(wire -> wire.stream().chunk("data: {}\n\ndata: [DONE]\n\n").awaitHangUp());
        assertEquals("data: {}\n\ndata: [DONE]\n\n", post("{\"model\":\"m\",\"stream\":true}").body());
        asked().awaitHangUp();
    }
}
