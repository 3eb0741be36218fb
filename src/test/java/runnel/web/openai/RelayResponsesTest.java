package runnel.web.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import runnel.Canaries;
import runnel.Client;
import runnel.Server;
import runnel.upstream.openai.ScriptedUpstream;
import runnel.web.WebTest;

/// Chat completions of a model whose server is asked by the Responses API are translated there and back.
@Timeout(60)
class RelayResponsesTest {
    private static final String USAGE = "\"usage\":{\"input_tokens\":7,\"output_tokens\":3,\"total_tokens\":10,"
            + "\"input_tokens_details\":{\"cached_tokens\":2},\"output_tokens_details\":{\"reasoning_tokens\":1}}";
    private static final String CALL = "{\"type\":\"function_call\",\"call_id\":\"call_1\",\"name\":\"f\",\"arguments\":";
    @TempDir
    Path folder;
    private final ScriptedUpstream model = new ScriptedUpstream();
    private Server server;

    @BeforeEach
    void start() throws IOException {
        var file = Files.writeString(folder.resolve("servers.json"), """
                [{"id": "newer", "url": "%s", "api": "responses", "key_env": "OTHER_KEY"}]""".formatted(model.baseUrl()));
        server = Server.start(folder.resolve("data"), "PROVIDERS", file.toString(), "OTHER_KEY", Canaries.KEY);
    }

    @AfterEach
    void stop() {
        server.close();
        model.close();
    }

    private java.net.http.HttpResponse<String> ask(String fields) {
        return server.client().post("/v1/chat/completions", ((ObjectNode) Client.json(fields)).put("model", "newer/m"));
    }

    private static List<JsonNode> chunks(String stream) {
        var chunks = new ArrayList<JsonNode>();
        stream.lines().filter(line -> line.startsWith("data: {")).forEach(line -> chunks.add(Client.json(line.substring(6))));
        return chunks;
    }

    @Test
    void what_is_asked_for_arrives_in_the_words_of_the_other_api() {
        model.next(wire -> wire.json(200, "{\"object\":\"response\",\"status\":\"completed\",\"output\":[]," + USAGE + "}"));
        ask("""
                {"messages":[{"role":"system","content":"Be brief"},
                  {"role":"user","content":[{"type":"text","text":"See"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AA==","detail":"low"}},
                    {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,AA=="}}]},
                  {"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{}"}}]},
                  {"role":"tool","tool_call_id":"call_1","content":"42"}],
                 "max_completion_tokens":9,"temperature":0.5,"reasoning_effort":"low","verbosity":"low","stream_options":{"include_usage":true},"odd":[1],
                 "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{}}},"tool_choice":{"type":"function","function":{"name":"f"}},
                 "tools":[{"type":"function","function":{"name":"f","parameters":{}}}]}""");
        assertEquals(Client.json("""
                {"input":[{"role":"system","content":"Be brief"},
                  {"role":"user","content":[{"type":"input_text","text":"See"},{"type":"input_image","image_url":"data:image/png;base64,AA==","detail":"low"},
                    {"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,AA=="}]},
                  {"type":"function_call","call_id":"call_1","name":"f","arguments":"{}"},{"type":"function_call_output","call_id":"call_1","output":"42"}],
                 "max_output_tokens":9,"temperature":0.5,"reasoning":{"effort":"low"},"odd":[1],"store":false,"model":"m",
                 "text":{"verbosity":"low","format":{"type":"json_schema","name":"n","schema":{}}},"tool_choice":{"type":"function","name":"f"},
                 "tools":[{"type":"function","name":"f","parameters":{}}]}"""), model.questions().getLast().body());
        assertTrue(model.questions().getLast().path().endsWith("/responses"));
        assertEquals("Bearer " + Canaries.KEY, model.questions().getLast().header("authorization"));
    }

    @Test
    void a_whole_answer_comes_as_a_completion() {
        model.next(wire -> wire.json(200, "{\"object\":\"response\",\"status\":\"completed\",\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hi\"}]},"
                + CALL + "\"{}\"}]," + USAGE + "}"));
        var answer = Client.json(ask("{\"messages\":[]}"));
        assertEquals("chat.completion", answer.path("object").asText());
        assertEquals(Client.json("""
                {"content":"Hi","role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"arguments":"{}","name":"f"}}]}"""), answer.at("/choices/0/message"));
        assertEquals("tool_calls", answer.at("/choices/0/finish_reason").asText());
        assertEquals(Client.json("{\"prompt_tokens\":7,\"completion_tokens\":3,\"total_tokens\":10,\"prompt_tokens_details\":{\"cached_tokens\":2},\"completion_tokens_details\":{\"reasoning_tokens\":1}}"), answer.path("usage"));
        assertEquals(10, Client.json(server.client().get("/api/usage")).at("/usage/0/prompt_tokens").asInt() + Client.json(server.client().get("/api/usage")).at("/usage/0/completion_tokens").asInt());
    }

    @Test
    void a_stream_comes_as_chunks_thoughts_text_and_calls_in_their_order() {
        model.next(wire -> wire.stream().event("{\"type\":\"response.created\",\"response\":{}}")
                .event("{\"type\":\"response.reasoning_summary_text.delta\",\"output_index\":0,\"delta\":\"Hm.\"}")
                .event("{\"type\":\"response.output_text.delta\",\"output_index\":1,\"delta\":\"Hé😀\"}")
                .event("{\"type\":\"response.output_item.added\",\"output_index\":3,\"item\":" + CALL + "\"\"}}")
                .event("{\"type\":\"response.function_call_arguments.delta\",\"output_index\":3,\"delta\":\"{}\"}")
                .event("{\"type\":\"response.completed\",\"response\":{\"status\":\"completed\"," + USAGE + "}}").end());
        var body = ask("{\"messages\":[],\"stream\":true}").body();
        var chunks = chunks(body);
        assertEquals(Client.json("""
                [{"reasoning_content":"Hm.","role":"assistant"},{"content":"Hé😀"},
                 {"tool_calls":[{"id":"call_1","type":"function","function":{"arguments":"","name":"f"},"index":0}]},
                 {"tool_calls":[{"function":{"arguments":"{}"},"index":0}]},{}]"""), Client.object().putArray("x").addAll(chunks.stream().map(chunk -> chunk.at("/choices/0/delta")).toList()));
        assertEquals("tool_calls", chunks.getLast().at("/choices/0/finish_reason").asText());
        assertEquals(10, chunks.getLast().at("/usage/total_tokens").asInt());
        assertTrue(body.endsWith("data: [DONE]\n\n"));
    }

    @Test
    void what_fails_is_told_and_what_breaks_off_is_never_whole() {
        model.next(wire -> wire.json(400, "{\"error\":{\"message\":\"no\",\"type\":\"x\",\"param\":\"odd\",\"code\":\"x\"}}"),
                wire -> wire.stream().event("{\"type\":\"response.failed\",\"response\":{\"status\":\"failed\",\"error\":{\"code\":\"server_error\",\"message\":\"x\"}}}").end(),
                wire -> wire.stream().event("{\"type\":\"response.output_text.delta\",\"delta\":\"Hi\"}").end());
        assertEquals("odd", WebTest.openAiError(400, ask("{\"messages\":[],\"odd\":1}")).path("param").asText());
        assertTrue(tried("{\"messages\":[],\"stream\":true}").contains("\"error\""));
        assertFalse(tried("{\"messages\":[],\"stream\":true}").contains("[DONE]"));
    }

    /// What came of a stream until its connection broke.
    private String tried(String fields) {
        var body = ((ObjectNode) Client.json(fields)).put("model", "newer/m").toString();
        var said = new StringBuilder();
        try (var in = server.client().send("POST", "/v1/chat/completions", body, java.net.http.HttpResponse.BodyHandlers.ofInputStream(), "Content-Type", "application/json").body()) {
            for (int next = in.read(); next >= 0; next = in.read()) {
                said.append((char) next);
            }
        } catch (IOException broken) {
            // as is due
        }
        return said.toString();
    }
}
