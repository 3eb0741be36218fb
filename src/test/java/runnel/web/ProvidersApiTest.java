package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.Canaries;
import runnel.Client;
import runnel.Server;
import runnel.upstream.openai.Scenarios;
import runnel.upstream.openai.ScriptedUpstream;

/// Several model servers behind one address.
class ProvidersApiTest {
    private final ScriptedUpstream other = new ScriptedUpstream();
    private Server server;
    private Client client;

    @TempDir
    Path folder;

    @BeforeEach
    void open() throws IOException {
        var file = Files.writeString(folder.resolve("servers.json"), """
                [{"id": "other", "name": "The other", "url": "%s", "key_env": "OTHER_KEY", "headers": {"X-Secret": "${OTHER_KEY}-too"},
                  "models": ["meta/big", "text:3"], "context_length": {"meta/big": 4096}, "vision": ["meta/big"],
                  "prices": {"meta/big": {"input": 0.5, "output": 2}}},
                 {"id": "dead", "url": "http://127.0.0.1:1/v1"},
                 {"id": "keyless", "url": "%s", "key_env": "KEY_THAT_IS_NOWHERE"}]""".formatted(other.baseUrl(), other.baseUrl()));
        server = Server.start(folder.resolve("data"), "PROVIDERS", file.toString(), "OTHER_KEY", Canaries.KEY);
        client = server.client();
    }

    @AfterEach
    void close() {
        server.close();
        other.close();
    }

    private static List<String> all(JsonNode rows, String field) {
        return StreamSupport.stream(rows.spliterator(), false).map(row -> row.path(field).asText()).toList();
    }

    @Test
    void the_list_names_each_model_with_its_server_and_each_server_with_its_state() {
        var listed = Client.json(client.get("/api/models"));
        assertEquals(List.of("default/text:3", "other/meta/big", "other/text:3"), all(listed.get("models"), "id"));
        assertEquals(List.of("default", "other", "other"), all(listed.get("models"), "provider"));
        assertEquals(4096, listed.at("/models/1/context_length").asInt());
        assertEquals(List.of("false", "true", "false"), all(listed.get("models"), "vision"));
        assertEquals("{\"input\":0.5,\"output\":2.0,\"currency\":\"USD\"}", listed.at("/models/1/prices").toString());
        assertTrue(listed.at("/models/0/prices").isMissingNode() && listed.at("/models/2/prices").isMissingNode(), listed::toString);
        assertEquals("default/text:3", listed.get("default").asText());
        assertEquals(List.of("default", "other", "dead", "keyless"), all(listed.get("providers"), "id"));
        assertEquals(List.of("ok", "ok", "unavailable", "unavailable"), all(listed.get("providers"), "state"));
        assertTrue(listed.at("/providers/2/detail").asText().contains("servers.json[1] (dead), url"), listed.toString());
        assertTrue(listed.at("/providers/3/detail").asText().contains("KEY_THAT_IS_NOWHERE"), listed.toString());
        assertTrue(listed.at("/providers/0/detail").isNull());
    }

    @Test
    void a_prompt_reaches_the_server_that_its_model_names_and_no_other() {
        assertEquals("complete", client.whole(client.ask("Hello", "other/meta/big")).status());
        assertEquals("meta/big", other.questions().getFirst().model());
        assertEquals("Bearer " + Canaries.KEY, other.questions().getFirst().header("authorization"));
        assertEquals(Canaries.KEY + "-too", other.questions().getFirst().header("x-secret"));
        assertEquals(0, server.upstream().questions().size());
        var refused = client.post("/api/chat", Client.object().put("prompt", "x").put("model", "text:3"));
        assertEquals("model", WebTest.problem(422, refused).at("/errors/0/field").asText());
        assertEquals("failed", client.whole(client.ask("Hello", "keyless/m")).status());
    }

    /// [Server] looks for the key in all that leaves it.
    @Test
    void what_a_server_repeats_of_its_key_and_headers_is_in_no_log_and_no_answer() {
        other.next(wire -> wire.json(401, Scenarios.error(wire.asked().headers().toString().replace("\"", ""), "", "")));
        assertEquals("failed", client.whole(client.ask("Hello", "other/meta/big")).status());
        assertTrue(server.log().contains("x-secret"), server.log());
    }

    @Test
    void chats_of_a_time_with_one_server_go_on_at_that_server() {
        server.close();
        var alone = Server.start(folder.resolve("alone"));
        var sent = alone.client().ask("Hello", "text:3");
        alone.client().whole(sent);
        alone.close();
        server = Server.start(folder.resolve("alone"), "PROVIDERS", folder.resolve("servers.json").toString(), "OTHER_KEY", Canaries.KEY);
        var more = Client.sent(server.client().post("/api/chat", Client.object().put("prompt", "more").put("chat", sent.chat())));
        assertEquals("complete", server.client().whole(more).status());
        assertEquals(1, server.upstream().questions().size());
        assertEquals("text:3", server.upstream().questions().getFirst().model());
    }
}
