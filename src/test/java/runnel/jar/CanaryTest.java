package runnel.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client;
import runnel.upstream.ScriptedUpstream;

/// Secrets go in at one end and are looked for at every other: answers, the log at its loudest, and all files.
@Tag("jar")
class CanaryTest {
    private static final String PASSWORD = "canary-password-7f3a";
    private static final String[] JSON = {"Content-Type", "application/json"};

    private final List<String> answers = new ArrayList<>();
    private final Map<String, String> secrets = new LinkedHashMap<>();
    private Client client;

    private HttpResponse<String> heard(HttpResponse<String> answer) {
        answers.add(answer.headers().map() + answer.body());
        return answer;
    }

    private void use(String bearer) {
        for (var path : List.of("/api/me", "/api/me/sessions", "/api/me/tokens", "/api/models", "/api/chats", "/health", "/ready", "/metrics", "/api/openapi.json")) {
            heard(client.get(path, "Authorization", bearer));
        }
        for (var model : List.of("text:3", "cut:2", "status:401", "status:500", "nothing-like-it")) {
            var sent = client.post("/api/chat", Client.object().put("prompt", "hello").put("model", model), "Authorization", bearer, "Accept", "text/event-stream");
            heard(sent);
        }
        for (var chat : chats(bearer)) {
            heard(client.get("/api/chats/" + chat.get("id").asText() + "/export?format=md", "Authorization", bearer));
            heard(client.get("/api/chats/" + chat.get("id").asText(), "Authorization", bearer));
        }
        heard(client.post("/api/login", Client.object().put("email", "ada@example.org").put("password", PASSWORD + "x")));
        heard(client.send("PUT", "/api/me/password", "{\"current\":\"" + PASSWORD + "\",\"password\":\"short\"}", with(JSON, "Authorization", bearer)));
        heard(client.send("POST", "/api/register", "{\"password\":\"" + PASSWORD + "\",", JSON));
        heard(client.get("/api/me", "Authorization", bearer + "x", "Cookie", "runnel=" + secrets.get("session")));
    }

    private JsonNode chats(String bearer) {
        return Client.json(client.get("/api/chats", "Authorization", bearer)).get("chats");
    }

    private static String[] with(String[] headers, String... more) {
        var all = new ArrayList<>(List.of(headers));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void no_secret_comes_out_anywhere(@TempDir Path folder) throws Exception {
        try (var model = new ScriptedUpstream()) {
            var settings = Map.of("PORT", "0", "AUTH", "accounts", "LOG_LEVEL", "trace", "SHUTDOWN_GRACE", "0",
                    "OPENAI_API_KEY", ScriptedUpstream.CANARY, "OPENAI_BASE_URL", model.baseUrl().toString());
            try (var jar = Jar.run(folder, settings).ready()) {
                client = jar.client();
                var registered = client.post("/api/register", Client.object().put("name", "Ada").put("email", "ada@example.org").put("password", PASSWORD));
                assertEquals(201, registered.statusCode(), registered.body());
                var cookie = registered.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
                var made = client.post("/api/me/tokens", Client.object().put("name", "x"), "Cookie", cookie, "Origin", jar.url());
                secrets.put("key", ScriptedUpstream.CANARY);
                secrets.put("password", PASSWORD);
                secrets.put("session", cookie.substring(cookie.indexOf('=') + 1));
                secrets.put("token", Client.json(made).get("token").asText());
                use("Bearer " + secrets.get("token"));
                jar.terminate();
                jar.exitCode();
            }
        }
        secrets.forEach((what, secret) -> answers.forEach(answer -> assertFalse(answer.contains(secret), () -> "the " + what + " is in " + answer)));
        look(folder);
    }

    private void look(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                secrets.forEach((what, secret) -> assertFalse(text.contains(secret), () -> "the " + what + " is in " + file.getFileName()));
            }
        }
    }
}
