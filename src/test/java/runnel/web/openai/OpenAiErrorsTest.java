package runnel.web.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static runnel.web.WebTest.openAiError;

import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import runnel.Client;
import runnel.RawHttp;
import runnel.web.OneServerTest;

/// Everything under `/v1` is refused in the form that OpenAI's SDKs read, whoever refuses it.
class OpenAiErrorsTest extends OneServerTest {
    private com.fasterxml.jackson.databind.JsonNode raw(int status, String answer) {
        assertEquals(status, RawHttp.status(answer), answer);
        assertTrue(answer.contains("Content-Type: application/json\r\n"), answer);
        return Client.json(answer.split("\r\n\r\n", 2)[1]).get("error");
    }

    @Test
    void an_unknown_address_and_a_model_that_is_not_there() {
        for (var path : List.of("/v1/nothing", "/v1/", "/v1/chat")) {
            assertEquals("invalid_request_error", openAiError(404, client.get(path)).get("type").asText(), path);
        }
        assertEquals("model", openAiError(404, client.get("/v1/models/nothing")).get("param").asText());
        assertEquals("model_not_found", openAiError(404, client.get("/v1/models/a/b/c")).get("code").asText());
    }

    @ParameterizedTest
    @CsvSource({"PUT, /v1/models", "DELETE, /v1/models/text:3", "POST, /v1/models"})
    void another_method_is_405_with_the_methods_that_there_are(String method, String path) {
        var answer = client.send(method, path, "{}", "Content-Type", "application/json");
        assertEquals("method_not_allowed", openAiError(405, answer).get("code").asText());
        assertTrue(answer.headers().firstValue("Allow").isPresent(), "Allow is due (RFC 9110, 15.5.6)");
    }

    @Test
    void what_comes_from_another_site_also_by_a_link() {
        var wall = "permission_error";
        assertEquals(wall, openAiError(403, client.get("/v1/models", "Origin", "https://evil.example")).get("type").asText());
        assertEquals(wall, openAiError(403, client.get("/v1/models", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate")).get("type").asText());
        raw(421, RawHttp.send(server.port(), "GET /v1/models HTTP/1.1", "Host: evil.example"));
    }

    @Test
    void what_no_route_has_seen() {
        assertEquals("headers_too_large", raw(431, RawHttp.send(server.port(), "GET /v1/models HTTP/1.1", "Host: localhost", "X: " + "x".repeat(20_000))).get("code").asText());
        assertEquals("address_too_long", raw(414, RawHttp.send(server.port(), "GET /v1/" + "x".repeat(600) + " HTTP/1.1", "Host: localhost")).get("code").asText());
    }

    @ParameterizedTest
    @CsvSource({"/v1/models/%u0041, 400", "/v1/responses/%00, 400", "/v1/responses/a%00b/cancel, 400", "/v1/%zz, 400", "/v1/%, 400", "/v1/../x, 404", "//v1/nothing, 404", "/v1/models/%e9, 400", "/./v1/nothing, 404", "/x/../v1/nothing, 404", "/v1;x/nothing, 404", "/%76%31/nothing, 404"})
    void an_address_is_below_v1_however_it_is_written(String path, int status) {
        raw(status, RawHttp.send(server.port(), "GET " + path + " HTTP/1.1", "Host: localhost"));
    }

    /// Jetty tells nobody what it could not read.
    @Test
    void where_the_address_cannot_be_read_the_error_has_both_forms() {
        for (var line : List.of("/v1/a b HTTP/1.1", "/v1/models HTTP/3.0", "/v1/models?" + "x".repeat(20_000) + " HTTP/1.1")) {
            var answer = RawHttp.send(server.port(), "GET " + line, "Host: localhost");
            var both = Client.json(answer.split("\r\n\r\n", 2)[1]);
            assertTrue(answer.contains("Content-Type: application/problem+json\r\n"), answer);
            assertEquals(RawHttp.status(answer), both.get("status").asInt());
            assertEquals(both.get("detail"), both.get("error").get("message"));
            assertEquals(List.of("message", "type", "param", "code"), both.get("error").propertyStream().map(java.util.Map.Entry::getKey).toList());
        }
    }

    @Test
    void a_fault_of_the_server_whatever_was_thrown() {
        for (var fault : List.of(new IllegalStateException("as if"), new StackOverflowError("as if"))) {
            var path = "/v1/" + fault.getClass().getSimpleName();
            server.web().javalin().unsafe.internalRouter.addHttpEndpoint(Endpoint.create(HandlerType.GET, path).handler(_ -> {
                if (fault instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) fault;
            }));
            assertEquals("server_error", openAiError(500, client.get(path)).get("type").asText());
        }
    }

    @Test
    void models_have_openais_form() {
        var list = Client.json(client.get("/v1/models"));
        assertEquals("list", list.get("object").asText());
        assertEquals(Client.json(client.get("/v1/models/text:3")), list.get("data").get(0));
        assertEquals("text:3", list.get("data").get(0).get("id").asText());
    }
}
