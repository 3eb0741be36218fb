package runnel.web.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.Canaries;
import runnel.Client;
import runnel.Server;
import runnel.upstream.openai.Scenarios;
import runnel.upstream.openai.ScriptedUpstream;
import runnel.web.WebTest;

/// Chat completions are passed on to the server that the model's name leads to.
class RelayProvidersTest {
    @TempDir
    Path folder;

    @Test
    void each_model_s_server_gets_the_request_under_its_own_name_for_it_and_with_its_own_key_and_others_are_refused() throws IOException {
        try (var other = new ScriptedUpstream()) {
            var file = Files.writeString(folder.resolve("servers.json"), """
                    [{"id": "other", "url": "%s", "headers": {"api-key": "${OTHER_KEY}"}},
                     {"id": "keyless", "url": "%s", "key_env": "KEY_THAT_IS_NOWHERE"}]""".formatted(other.baseUrl(), other.baseUrl()));
            try (var server = Server.start(folder.resolve("data"), "PROVIDERS", file.toString(), "OTHER_KEY", Canaries.KEY)) {
                other.next(Scenarios.notStreamed("whole"), wire -> wire.json(400, "{\"error\":{\"message\":\"" + Canaries.KEY + "\"}}"));
                assertTrue(ask(server, "other/meta/m").body().contains("whole"));
                assertEquals("meta/m", other.questions().getFirst().model());
                assertEquals(Canaries.KEY, other.questions().getFirst().header("api-key"));
                assertEquals("", other.questions().getFirst().header("authorization"));
                assertEquals("{\"error\":{\"message\":\"***\"}}", ask(server, "other/m").body());
                assertEquals(0, server.upstream().questions().size());
                assertEquals("upstream_key_unset", WebTest.openAiError(502, ask(server, "keyless/m")).path("code").asText());
                assertEquals(2, other.questions().size());
            }
        }
    }

    private static java.net.http.HttpResponse<String> ask(Server server, String model) {
        var request = Client.object().put("model", model);
        request.putArray("messages").addObject().put("role", "user").put("content", "Hello");
        return server.client().post("/v1/chat/completions", request);
    }
}
