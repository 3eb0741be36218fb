package runnel.web.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseItem;
import com.openai.models.responses.ResponseRetrieveParams;
import com.openai.models.responses.ResponseStreamEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.Client;
import runnel.upstream.openai.Scenario;
import runnel.upstream.openai.Scenarios;
import runnel.web.WebTest;

/// `/v1/responses` with OpenAI's own clients, which nobody here wrote: resumed by the raw call and by their helpers.
@Timeout(180)
class ResponseSdksTest extends WebTest {
    private static final String TEXT = "One two  three. 漢字かな交じり文。 Emoji 👩\u200D👩\u200D👧 and\n\nlines, " + "x".repeat(150) + " end";

    private final Random random = new Random();

    private static ObjectNode command(String name) {
        return Client.object().put("do", name);
    }

    private static ObjectNode create(String name, String model, String input) {
        return command(name).set("params", Response.asked(model, input));
    }

    private static ObjectNode of(String name, String id) {
        return command(name).put("id", id);
    }

    private List<JsonNode> node(ObjectNode... commands) {
        return NodeSdk.run("responses.mjs", server.url("/v1").toString(), "none", List.of(commands).toString()).lines().map(Client::json).toList();
    }

    private OpenAIClient java() {
        return OpenAIOkHttpClient.builder().baseUrl(server.url("/v1").toString()).apiKey("none").maxRetries(0).build();
    }

    /// Thoughts and text in pieces of all lengths.
    private Scenario talking() {
        return wire -> {
            wire.stream().reasoning("Let me think. ").delta("Well: ");
            for (int at = 0; at < TEXT.length(); ) {
                int end = Math.min(TEXT.length(), at + 1 + random.nextInt(9));
                wire.delta(TEXT.substring(at, end));
                Thread.sleep(random.nextInt(5));
                at = end;
            }
            wire.finish("stop").done();
        };
    }

    @Test
    void node_reads_what_it_asks_for() {
        model.next(talking(), talking());
        var said = node(create("create", "m", "hello"), create("createByHelper", "m", "hello"), create("answer", "text:2", "hello"));
        for (var each : said.subList(0, 2)) {
            assertEquals("Let me think. Well: " + TEXT, each.get("text").asText());
            assertEquals("completed", each.get("status").asText());
        }
        assertEquals(said.get(0).get("deltas"), said.get(1).get("deltas"), "the borders follow from the text");
        assertEquals("Let me think. Well: " + TEXT, Response.text(said.get(1).get("final")));
        assertEquals("word0 word1 ", said.get(2).get("output_text").asText());
    }

    @Test
    void node_goes_on_where_it_was_cut_off_live_later_and_after_a_restart() {
        for (int i = 0; i < 3; i++) {
            model.next(talking());
            var params = Response.asked("m", "hello").put("background", true);
            var begun = node(command("create").put("most", random.nextInt(1, 40)).set("params", params)).getFirst();
            var id = begun.get("id").asText();
            var live = node(of("raw", id).put("after", begun.get("last").asLong()).put("most", random.nextInt(1, 8)),
                    of("helper", id).put("after", begun.get("last").asLong()));
            var whole = "Let me think. Well: " + TEXT;
            assertEquals(whole, begun.get("text").asText() + live.get(1).get("text").asText(), "by the helper");
            long last = live.get(0).get("last").asLong();
            assertRest(whole, begun, live.get(0), node(of("raw", id).put("after", last), of("helper", id).put("after", last)));
            server.restart();
            assertRest(whole, begun, live.get(0), node(of("raw", id).put("after", last), of("helper", id).put("after", last)));
            assertEquals(node(of("helper", id)).getFirst().get("deltas"), node(of("helper", id)).getFirst().get("deltas"));
        }
    }

    private static void assertRest(String whole, JsonNode begun, JsonNode live, List<JsonNode> rest) {
        for (var each : rest) {
            assertEquals(whole, begun.get("text").asText() + live.get("text").asText() + each.path("text").asText(), each::toString);
            assertEquals("completed", each.at(each.has("final") ? "/final/status" : "/status").asText());
        }
        assertEquals(whole, Response.text(rest.getLast().get("final")));
    }

    @Test
    void node_cancels_lists_deletes_and_is_told_what_is_wrong() {
        model.next(runnel.upstream.openai.Scenarios.silence(3));
        var begun = node(command("create").put("most", 6).set("params", Response.asked("m", "hello").put("background", true))).getFirst();
        var id = begun.get("id").asText();
        var said = node(of("cancel", id), of("helper", id), of("input", id), of("raw", id).put("after", 1L << 50), of("raw", id).put("after", 12345), of("delete", id), of("retrieve", id),
                create("answer", "text:1", ""), command("answer").set("params", Response.asked("text:1", "x").put("max_tool_calls", 1)));
        assertEquals("cancelled", said.get(0).get("status").asText());
        assertEquals("cancelled", said.get(1).get("status").asText());
        assertEquals("hello", said.get(2).at("/0/content/0/text").asText());
        assertEquals(List.of("BadRequestError starting_after", "BadRequestError starting_after", "NotFoundError null", "BadRequestError max_tool_calls"),
                Stream.of(3, 4, 6, 8).map(said::get).map(error -> error.get("kind").asText() + " " + error.path("param").asText()).toList());
        assertTrue(said.get(5).get("deleted").asBoolean());
    }

    private static ResponseCreateParams params(String model) {
        return ResponseCreateParams.builder().model(model).input("hello").build();
    }

    /// Reads up to so many events.
    private static List<ResponseStreamEvent> read(Stream<ResponseStreamEvent> events, int most) {
        return events.limit(most).map(ResponseStreamEvent::validate).toList();
    }

    private static String text(List<ResponseStreamEvent> events) {
        var text = new StringBuilder();
        events.forEach(event -> text.append(event.outputTextDelta().map(delta -> delta.delta()).or(() -> event.reasoningTextDelta().map(delta -> delta.delta())).orElse("")));
        return text.toString();
    }

    private static long number(ResponseStreamEvent event) {
        return event._json().orElseThrow().convert(JsonNode.class).get("sequence_number").asLong();
    }

    @Test
    void the_ai_sdk_refers_to_what_the_server_has() {
        model.next(wire -> wire.stream().reasoning("Hm. ").delta("I look. ").event(call(0)).finish("tool_calls").done(), Scenarios.text(2), Scenarios.text(1));
        var said = node(create("agent", "m", "How is it in Oslo?")).getFirst();
        assertEquals(List.of("I look. word0 word1 ", "2", "word0 "), List.of(said.path("text").asText(), said.path("steps").asText(), said.path("next").asText()), said::toString);
        assertEquals(List.of("How is it in Oslo?", "I look. ", "sunny in Oslo", "word0 word1 ", "And now?"),
                model.questions().getLast().body().get("messages").valueStream().map(message -> message.get("content").asText()).toList());
    }

    /// Each object whole, also when it is had again.
    @ParameterizedTest
    @ValueSource(strings = {"text:2", "length:1", "cut:2", "status:400", "reasoning:1", "refusal", "calls"})
    void java_finds_nothing_that_openais_types_do_not_allow(String scenario) {
        switch (scenario) {
            case "refusal" -> model.next(wire -> wire.stream().delta("refusal", "I may not.").finish("stop").done());
            case "calls" -> model.next(wire -> wire.stream().event(call(0)).event(call(1)).finish("tool_calls").usage(7, 3).done());
            default -> {}
        }
        var params = params(scenario).toBuilder().instructions("Be brief").putAdditionalBodyProperty("tools", JsonValue.from(Client.json("[{\"type\":\"function\",\"name\":\"weather\"}]")))
                .putAdditionalBodyProperty("text", JsonValue.from(Client.json("{\"format\":{\"type\":\"json_schema\",\"name\":\"n\",\"schema\":{\"type\":\"object\"}}}"))).build();
        try (var stream = java().responses().createStreaming(params)) {
            var events = read(stream.stream(), Integer.MAX_VALUE);
            var last = events.getLast()._json().orElseThrow().convert(JsonNode.class).get("response");
            var stored = java().responses().retrieve(last.get("id").asText()).validate();
            assertEquals(Set.of("type", "name", "description", "parameters", "strict"), last.at("/tools/0").propertyStream().map(Map.Entry::getKey).collect(Collectors.toSet()), "as the Open Responses specification has it");
            assertEquals(last.get("output").size(), stored.output().size());
            java().responses().inputItems().list(stored.id()).items().forEach(ResponseItem::validate);
        }
    }

    private static String call(int index) {
        return "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":%d,\"id\":\"call_%d\",\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Oslo\\\"}\"}}]}}]}".formatted(index, index + 1);
    }

    @Test
    void java_reads_resumes_and_is_told_what_is_wrong() {
        var responses = java().responses();
        assertEquals("word0 word1 ", responses.create(params("text:2")).validate().output().getFirst().asMessage().content().getFirst().asOutputText().text());
        model.next(talking());
        var events = new ArrayList<ResponseStreamEvent>();
        try (var stream = responses.createStreaming(params("m").toBuilder().background(true).build())) {
            events.addAll(read(stream.stream(), random.nextInt(5, 30)));
        }
        var id = events.getFirst().asCreated().response().id();
        var behind = ResponseRetrieveParams.builder().responseId(id).startingAfter(number(events.getLast())).build();
        try (var stream = responses.retrieveStreaming(behind)) {
            events.addAll(read(stream.stream(), Integer.MAX_VALUE));
        }
        assertEquals("Let me think. Well: " + TEXT, text(events));
        var accumulator = ResponseAccumulator.create();
        try (var stream = responses.retrieveStreaming(ResponseRetrieveParams.builder().responseId(id).build())) {
            stream.stream().forEach(accumulator::accumulate);
        }
        assertEquals("Well: " + TEXT, accumulator.response().validate().output().getLast().asMessage().content().getFirst().asOutputText().text());
        assertEquals("hello", responses.inputItems().list(id).data().getFirst().validate().asResponseInputMessageItem().content().getFirst().asInputText().text());
        assertEquals("completed", responses.cancel(id).validate().status().orElseThrow().asString());
        var wrong = assertThrows(BadRequestException.class, () -> responses.create(params("text:1").toBuilder().temperature(7.0).build()));
        assertEquals("temperature", wrong.param().orElseThrow());
        responses.delete(id);
        assertThrows(NotFoundException.class, () -> responses.retrieve(id));
    }
}
