package runnel.web.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.OpenAIException;
import com.openai.errors.RateLimitException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.Person;
import runnel.upstream.openai.Scenario;
import runnel.upstream.openai.Scenarios;
import runnel.upstream.openai.Wire;
import runnel.web.WebTest;

/// `/v1/chat/completions` with clients that nobody here wrote, by their base URL and a personal token alone.
class RelaySdksTest extends WebTest {
    private static final String DOCUMENT = "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1764000000,\"model\":\"scripted\",\"choices\":[{\"index\":0,"
            + "\"message\":{\"role\":\"assistant\",\"content\":\"whole\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],"
            + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3},\"service_tier\":\"odd\"}";

    @Override
    protected String[] settings() {
        return new String[] {"AUTH", "accounts"};
    }

    private static Scenario toolCall() {
        return wire -> {
            wire.stream();
            chunk(wire, "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"\"}}]}", "null");
            for (var piece : List.of("{\\\"city\\\"", ":\\\"Os", "lo\\\"}")) {
                chunk(wire, "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"" + piece + "\"}}]}", "null");
            }
            chunk(wire, "{}", "\"tool_calls\"");
            wire.done();
        };
    }

    private static void chunk(Wire wire, String delta, String reason) throws Exception {
        wire.event("{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1764000000,\"model\":\"scripted\",\"choices\":[{\"index\":0,\"delta\":" + delta
                + ",\"finish_reason\":" + reason + "}]}");
    }

    @Test
    void node() throws Exception {
        var left = Scenarios.silence(2);
        model.next(wire -> wire.json(200, DOCUMENT), Scenarios.text(3), toolCall(), Scenarios.refuse(429, "scripted refusal"), Scenarios.cut(2), left,
                wire -> wire.json(200, DOCUMENT), toolCall(), Scenarios.text(3));
        Map<String, List<JsonNode>> said = new LinkedHashMap<>();
        NodeSdk.run("relay.mjs", server.url("/v1").toString(), Person.registered(server, "ada@example.org").token()).lines().map(Client::json)
                .forEach(line -> said.computeIfAbsent(line.get("name").asText(), _ -> new ArrayList<>()).add(line.get("value")));
        assertEquals("[\"text:3\"]", said.get("models").getFirst().toString());
        assertEquals(Client.json(DOCUMENT), said.get("whole").getFirst());
        assertEquals("word0 word1 word2 ", said.get("streamed").getFirst().get("text").asText());
        assertEquals(10, said.get("streamed").getFirst().at("/usage/total_tokens").asInt());
        assertEquals("{\"city\":\"Oslo\"}", said.get("tools").getFirst().get(0).at("/function/arguments").asText());
        var errors = said.get("error");
        assertEquals("RateLimitError", errors.get(0).get("kind").asText());
        assertTrue(errors.get(0).get("message").asText().contains("scripted refusal"), errors::toString);
        assertEquals("upstream_broken_off", errors.get(1).get("code").asText());
        assertEquals(List.of("BadRequestError", "model"), List.of(errors.get(2).get("kind").asText(), errors.get(2).get("param").asText()));
        assertEquals("whole", said.get("generated").getFirst().get("text").asText());
        assertEquals("word0 word1 word2 ", said.get("agent").getFirst().get("text").asText());
        assertEquals(2, said.get("agent").getFirst().get("steps").asInt());
        assertEquals("sunny in Oslo", model.questions().getLast().lastContent());
        model.questions().get(5).awaitHangUp();
    }

    @Test
    void java() {
        model.next(wire -> wire.json(200, DOCUMENT), Scenarios.text(3), toolCall(), Scenarios.refuse(429, "scripted refusal"), Scenarios.cut(2));
        var openAi = OpenAIOkHttpClient.builder().baseUrl(server.url("/v1").toString()).apiKey(Person.registered(server, "ada@example.org").token())
                .maxRetries(0).build();
        var question = ChatCompletionCreateParams.builder().model("m").addUserMessage("hello").build();
        assertEquals("text:3", openAi.models().list().data().getFirst().id());
        assertEquals("whole", openAi.chat().completions().create(question).choices().getFirst().message().content().orElseThrow());
        assertEquals("word0 word1 word2 ", streamed(openAi, question).choices().getFirst().message().content().orElseThrow());
        assertEquals("{\"city\":\"Oslo\"}", streamed(openAi, question).choices().getFirst().message().toolCalls().orElseThrow().getFirst().asFunction().function().arguments());
        assertThrows(RateLimitException.class, () -> openAi.chat().completions().create(question));
        assertThrows(OpenAIException.class, () -> streamed(openAi, question));
        openAi.close();
    }

    private static ChatCompletion streamed(OpenAIClient openAi, ChatCompletionCreateParams question) {
        var whole = ChatCompletionAccumulator.create();
        try (var stream = openAi.chat().completions().createStreaming(question)) {
            stream.stream().filter(chunk -> !chunk.choices().isEmpty()).forEach(whole::accumulate);
        }
        return whole.chatCompletion();
    }

    @Test
    void curl() throws Exception {
        var process = new ProcessBuilder("curl", "-sN", "--fail-with-body", server.url("/v1/chat/completions").toString(), "-H", "Content-Type: application/json",
                "-H", "Authorization: Bearer " + Person.registered(server, "ada@example.org").token(), "-d", "{\"model\":\"text:2\",\"stream\":true}").start();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        assertTrue(said.contains("word1") && said.endsWith("data: [DONE]\n\n"), said);
    }
}
