package runnel.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.Canaries;
import runnel.Client;
import runnel.upstream.openai.ScriptedUpstream;

/// Secrets go into the real program at one end and are looked for at every other: answers, what it prints, the log at its
/// loudest, and all files. What the other tests do to a server is looked through as well, by [Canaries].
@Tag("jar")
class CanaryTest {
    private static final List<String> PLACES = List.of("/api/me", "/api/models", "/api/chats", "/health", "/ready",
            "/metrics", "/api/openapi.json", "/");

    private static final List<String> PLACES_OF_A_BROWSER = List.of("/api/me/sessions", "/api/me/tokens");

    private Client client;
    private String[] bearer;

    /// Uses the server in every way that has to do with a secret.
    private void use(String cookie, String origin) {
        var token = Client.json(client.post("/api/me/tokens", Client.object().put("name", "x"), "Cookie", cookie, "Origin", origin)).get("token").asText();
        bearer = new String[] {"Authorization", "Bearer " + token};
        for (var model : List.of("text:3", "cut:2", "status:401", "status:500", "nothing-like-it")) {
            client.post("/api/chat", Client.object().put("prompt", "hello").put("model", model), "Accept", "text/event-stream", bearer[0], bearer[1]);
        }
        PLACES.forEach(this::get);
        PLACES_OF_A_BROWSER.forEach(path -> assertEquals(200, client.get(path, "Cookie", cookie).statusCode(), path));
        for (var chat : Client.json(client.get("/api/chats", bearer)).get("chats")) {
            export(chat);
        }
        client.post("/api/login", Client.object().put("email", "ada@example.org").put("password", Canaries.PASSWORD + "x"));
        client.send("PUT", "/api/me/password", "{\"current\":\"" + Canaries.PASSWORD + "\",\"password\":\"short\"}", "Content-Type", "application/json", "Cookie", cookie, "Origin", origin);
        client.send("POST", "/api/register", "{\"password\":\"" + Canaries.PASSWORD + "\",", "Content-Type", "application/json");
        client.get("/api/me", "Authorization", bearer[1] + "x", "Cookie", cookie);
    }

    private void get(String path) {
        assertEquals(200, client.get(path, bearer).statusCode(), path);
    }

    private void export(JsonNode chat) {
        var path = "/api/chats/" + chat.get("id").asText();
        List.of(path, path + "/export", path + "/export?format=md").forEach(this::get);
    }

    @Test
    void no_secret_comes_out_anywhere(@TempDir Path folder) throws Exception {
        try (var model = new ScriptedUpstream()) {
            var settings = Map.of("PORT", "0", "AUTH", "accounts", "LOG_LEVEL", "trace", "SHUTDOWN_GRACE", "0", "ANY_MODEL", "true",
                    "OPENAI_API_KEY", Canaries.KEY, "OPENAI_BASE_URL", model.baseUrl().toString());
            try (var jar = Jar.run(folder, settings).ready()) {
                client = jar.client();
                var registered = client.post("/api/register", Client.object().put("name", "Ada").put("email", "ada@example.org").put("password", Canaries.PASSWORD));
                use(registered.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0], jar.url());
                jar.terminate();
                assertEquals(0, jar.exitCode());
                jar.canaries().look("what it printed", String.join("\n", jar.output()));
                jar.canaries().look(folder);
            }
        }
        assertTrue(Jar.errors(folder).contains("401"), "the log says nothing");
    }
}
