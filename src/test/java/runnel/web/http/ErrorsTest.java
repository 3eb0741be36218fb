package runnel.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static runnel.web.WebTest.NOWHERE;
import static runnel.web.WebTest.problem;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.Client;
import runnel.RawHttp;
import runnel.web.OneServerTest;

/// Every error is a problem object, and none says anything that is nobody's business.
class ErrorsTest extends OneServerTest {
    @Test
    void unknown_and_not_yours_are_the_same_bytes_everywhere() {
        var bodies = List.of(client.get("/api/sse/" + NOWHERE), client.get("/api/chats/" + UUID.randomUUID()), client.get("/api/sse/x"),
                client.send("DELETE", "/api/chats/" + NOWHERE, null), client.get("/api/chats/" + NOWHERE + "/export"), client.get("/api/nothing"),
                client.post("/api/replies/" + NOWHERE + "/stop", Client.object()), client.get("/nothing.js"));
        for (var answer : bodies) {
            problem(404, answer);
            assertEquals(bodies.getFirst().body(), answer.body());
        }
    }

    @ParameterizedTest
    @CsvSource({"GET, /api/chat", "PUT, /api/chat", "DELETE, /api/chat", "POST, /api/chats", "POST, /api/sse/x", "PUT, /api/chats/x", "POST, /health",
        "GET, /api/replies/x/stop", "DELETE, /", "PUT, /api/models"})
    void another_method_is_405_with_the_methods_that_there_are(String method, String path) {
        var answer = client.send(method, path, method.equals("GET") ? null : "{}", "Content-Type", "application/json");
        problem(405, answer);
        assertTrue(answer.headers().firstValue("Allow").isPresent(), "Allow is due (RFC 9110, 15.5.6)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "\"text\"", "null", "{}{}", "{\"prompt\":\"x\"} x", "{\"prompt\":\"\u0001\"}", "{'prompt':'x'}", "{\"prompt\":NaN}"})
    void a_body_that_is_not_one_json_object_is_400(String body) {
        problem(400, client.send("POST", "/api/chat", body, "Content-Type", "application/json"));
    }

    @Test
    void json_that_is_nested_too_deeply_is_400() {
        problem(400, client.send("POST", "/api/chat", "{\"prompt\":".repeat(100_000), "Content-Type", "application/json"));
    }

    @Test
    void json_of_too_many_parts_is_400() {
        problem(400, client.send("POST", "/api/chat", "{\"prompt\":\"x\",\"unknown\":[" + "{},".repeat(10_000) + "{}]}", "Content-Type", "application/json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonp", "multipart/form-data; boundary=x", "text/json"})
    void another_type_is_415(String type) {
        problem(415, client.send("POST", "/api/chat", "{\"prompt\":\"x\"}", "Content-Type", type));
    }

    @Test
    void a_type_with_a_parameter_is_that_type() {
        assertEquals(201, client.send("POST", "/api/chat", "{\"prompt\":\"x\"}", "Content-Type", "Application/JSON ; charset=utf-8").statusCode());
    }

    @Test
    void a_body_that_is_too_large_is_413_before_it_is_read() {
        var answer = RawHttp.send(server.port(), "POST /api/chat HTTP/1.1", "Host: localhost", "Content-Type: application/json", "Content-Length: 2000000000");
        assertEquals(413, RawHttp.status(answer), answer);
        assertTrue(answer.contains("application/problem+json"));
    }

    @Test
    void a_body_that_grows_too_large_is_413_whatever_its_length_was_said_to_be() {
        var chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        var answer = RawHttp.sendBytes(server.port(), "POST /api/replies/x/regenerate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + chunk);
        assertEquals(413, RawHttp.status(answer), answer);
    }

    /// As a client does that sends all it has before it reads anything; whatever refuses the request has not read it to its end.
    @ParameterizedTest
    @CsvSource({"413, POST /api/replies/x/regenerate, application/json", "415, POST /api/chat, text/plain", "404, POST /api/nothing, application/json",
        "405, PUT /api/chats, application/json"})
    void a_refusal_arrives_whole_also_where_the_client_has_sent_far_more_than_is_read(int status, String line, String type) {
        var chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        for (int i = 0; i < 10; i++) {
            var answer = RawHttp.sendBytes(server.port(), line + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type
                    + "\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk.repeat(160) + "0\r\n\r\n");
            assertEquals(status, RawHttp.status(answer), answer);
            assertEquals(status, Client.json(answer.split("\r\n\r\n", 2)[1]).get("status").asInt());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /%zz HTTP/1.1", "GET /..%2f..%2fetc/passwd HTTP/1.1", "GET /%00 HTTP/1.1", "GET /a;b=c/x.js HTTP/1.1", "GET //x HTTP/1.1", "GET / HTTP/9.9",
        "G\u0001T / HTTP/1.1", "GET /%2e%2e/ HTTP/1.1", "GET /api/sse/%2F HTTP/1.1", "GET /\\ HTTP/1.1", "GET http://[/ HTTP/1.1"})
    void what_the_web_server_itself_refuses_says_nothing_of_it(String line) {
        var answer = RawHttp.send(server.port(), line, "Host: localhost");
        int status = RawHttp.status(answer);
        assertTrue(status >= 400 && status < 500 || status == 505, answer);
        assertTrue(answer.contains("application/problem+json"), answer);
        assertFalse(answer.matches("(?is).*(jetty|javalin|<html|Exception|Ambiguous|Suspicious).*"), answer);
    }

    @Test
    void headers_that_are_too_large_say_nothing_of_the_web_server() {
        var answer = RawHttp.send(server.port(), "GET / HTTP/1.1", "Host: localhost", "X: " + "x".repeat(20_000));
        assertEquals(431, RawHttp.status(answer), answer);
        assertFalse(answer.matches("(?is).*(jetty|<html).*"), answer);
    }

    @Test
    void no_answer_names_the_software() {
        for (var path : List.of("/", "/health", "/api/nothing")) {
            var headers = client.get(path).headers().map();
            assertFalse(headers.containsKey("server") || headers.containsKey("x-powered-by"), headers.toString());
        }
    }

    @Test
    void the_upstreams_key_is_in_no_answer_and_no_stream() {
        model.next(runnel.upstream.openai.Scenarios.refuse(401, "Incorrect API key provided: " + runnel.upstream.openai.ScriptedUpstream.CANARY));
        var sent = client.ask("hello", "x");
        try (var reader = client.read(sent)) {
            reader.rest();
            assertFalse(reader.raw().contains(runnel.upstream.openai.ScriptedUpstream.CANARY));
        }
        assertFalse(client.get("/api/chats/" + sent.chat()).body().contains(runnel.upstream.openai.ScriptedUpstream.CANARY));
    }
}
