package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client;
import runnel.Server;
import runnel.upstream.openai.ScriptedUpstream;

/// The server over HTTP, as its users see it.
public abstract class WebTest {
    private static final String INTERNALS = "(?s).*(Exception|jackson|javalin|jetty|sqlite|java\\.|\\bat .*\\.java).*";
    public static final String NOWHERE = "01900000-0000-7000-8000-000000000000";

    @TempDir
    Path data;
    public Server server;
    public Client client;
    public ScriptedUpstream model;

    @BeforeEach
    final void start() {
        server = Server.start(data, settings());
        client = server.client();
        model = server.upstream();
    }

    protected String[] settings() {
        return new String[0];
    }

    @AfterEach
    final void stop() {
        server.close();
    }

    /// An error of this status in OpenAI's form, without anything that should not leave.
    public static JsonNode openAiError(int status, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer.body());
        assertEquals("application/json", answer.headers().firstValue("Content-Type").orElse(""));
        var error = Client.json(answer).get("error");
        for (var member : new String[] {"message", "type", "code"}) {
            assertFalse(error.path(member).asText().isBlank(), member + " is missing: " + error);
        }
        assertTrue(error.has("param"), error::toString);
        assertFalse(answer.body().matches(INTERNALS), answer.body());
        return error;
    }

    /// A problem object of this status, without anything that should not leave.
    public static JsonNode problem(int status, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer.body());
        assertEquals("application/problem+json", answer.headers().firstValue("Content-Type").orElse(""));
        var problem = Client.json(answer);
        assertEquals(status, problem.get("status").asInt());
        for (var member : new String[] {"type", "title", "detail"}) {
            assertFalse(problem.path(member).asText().isBlank(), member + " is missing: " + problem);
        }
        assertFalse(answer.body().matches(INTERNALS), answer.body());
        return problem;
    }
}
