package runnel.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a model calls, says and refuses, in its order.
@Timeout(20)
class ToolCallsTest extends UpstreamTest {
    private final Pieces pieces = new Pieces();

    private List<String> runs(Scenario scenario) {
        server.next(scenario);
        upstream.prepare(QUESTION).stream(pieces);
        return pieces.runs();
    }

    private List<String> deltas(String... deltas) {
        return runs(wire -> {
            wire.stream();
            for (var delta : deltas) {
                wire.event(Wire.chunk(delta, "null"));
            }
            wire.finish("tool_calls").done();
        });
    }

    @Test
    void calls_come_one_behind_the_other_as_their_arguments_grow() {
        assertEquals(List.of("text: Let me see.", "function_call: [c1 weather]{\"city\":\"Bern\"}", "function_call: [c2 time]{}"), deltas(
                "{\"role\":\"assistant\",\"content\":\"Let me see.\"}",
                "{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"\"}}]}",
                "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"city\\\":\"}}]}",
                "{\"content\":\"\",\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"\\\"Bern\\\"}\"}}]}",
                "{\"tool_calls\":[{\"index\":1,\"id\":\"c2\",\"function\":{\"name\":\"time\",\"arguments\":\"{}\"}}]}"));
    }

    @Test
    void calls_of_one_number_are_told_apart_by_their_ids() {
        assertEquals(List.of("function_call: [a f]1", "function_call: [b f]2"), deltas(
                "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"1\"}}]}",
                "{\"tool_calls\":[{\"index\":0,\"id\":\"b\",\"function\":{\"name\":\"f\",\"arguments\":\"2\"}}]}"));
    }

    @Test
    void a_call_that_comes_as_a_whole_is_told_once() {
        var call = "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}";
        assertEquals(List.of("function_call: [a f]{}"), runs(wire -> wire.stream()
                .event("{\"choices\":[{\"delta\":" + call + "}]}").event("{\"choices\":[{\"message\":" + call + ",\"finish_reason\":\"tool_calls\"}]}").done()));
    }

    @Test
    void a_whole_document_and_arguments_that_are_json_are_read_too() {
        assertEquals(List.of("function_call: [a f]{\"x\":1}", "function_call: [b g]{}"), runs(wire -> wire.json(200, """
                {"choices":[{"message":{"content":null,"tool_calls":[{"id":"a","function":{"name":"f","arguments":{"x":1}}},\
                {"id":"b","function":{"name":"g","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}""")));
    }

    @Test
    void a_call_without_an_id_gets_one() {
        var runs = deltas("{\"function_call\":{\"name\":\"f\",\"arguments\":\"{\"}}", "{\"function_call\":{\"arguments\":\"}\"}}");
        assertEquals(1, runs.size());
        assertTrue(runs.getFirst().matches("function_call: \\[call_[0-9a-f-]{36} f]\\{}"), runs::toString);
    }

    @Test
    void a_piece_of_which_nobody_knows_to_which_call_it_belongs_is_no_answer() {
        var answer = ask(wire -> wire.stream()
                .event(Wire.chunk("{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]}", "null"))
                .delta("text").event(Wire.chunk("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"}\"}}]}", "null")).finish("stop").done());
        assertEquals("upstream-malformed", answer.code());
    }

    @Test
    void a_refusal_is_heard_as_one_and_is_an_answer() {
        assertEquals(List.of("refusal: I cannot help."), deltas("{\"refusal\":\"I cannot \"}", "{\"content\":null,\"refusal\":\"help.\"}"));
        assertEquals("no failure", ask(wire -> wire.stream().delta("refusal", "no").finish("stop").done()).code());
    }

    @Test
    void a_call_that_nobody_asked_for_is_no_answer() {
        assertEquals("upstream-empty", ask(wire -> wire.stream()
                .event(Wire.chunk("{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}", "\"tool_calls\"")).done()).code());
    }
}
