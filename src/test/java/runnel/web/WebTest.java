package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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

    /// A problem object of this status, without anything that should not leave.
    public static JsonNode problem(int status, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer.body());
        assertEquals("application/problem+json", answer.headers().firstValue("Content-Type").orElse(""));
        var problem = Client.json(answer);
        assertEquals(status, problem.get("status").asInt());
        for (var member : new String[] {"type", "title", "detail"}) {
            assertFalse(problem.path(member).asText().isBlank(), member + " is missing: " + problem);
        }
        assertFalse(answer.body().matches("(?s).*(Exception|jackson|javalin|jetty|sqlite|java\\.|\\bat .*\\.java).*"), answer.body());
        return problem;
    }
}
