package runnel.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.chat.Role;
import runnel.chat.Turn;
import runnel.upstream.Outcome;
import runnel.upstream.Question;

/// Whole answers that are written otherwise than the API says. None is cut, swallowed or painted whole.
@Timeout(60)
class OddAnswerTest extends UpstreamTest {
    private static final Outcome STOP = new Outcome.Complete("stop", Optional.empty());
    private static final String WHOLE = "data: " + piece("Guten ") + "\n\ndata: " + piece("Tag") + "\n\ndata: " + end("stop") + "\n\ndata: [DONE]\n\n";

    static String piece(String text) {
        return Wire.chunk("{\"content\":\"" + text + "\"}", "null");
    }

    static String end(String reason) {
        return Wire.chunk("{}", "\"" + reason + "\"");
    }

    private Answered events(String... data) {
        return body("text/event-stream", "data: " + String.join("\n\ndata: ", data) + "\n\n");
    }

    private Answered body(String type, String body) {
        return ask(wire -> wire.answer(200, type, body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32"})
    void what_is_not_utf_8_cannot_be_read_and_nothing_of_it_is_shown(String charset) {
        for (var body : List.of(WHOLE, "{\"choices\":[{\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}")) {
            byte[] bytes = body.getBytes(Charset.forName(charset));
            var answer = ask(wire -> wire.head(200, "Content-Type: text/event-stream; charset=" + charset, "Content-Length: " + bytes.length).raw(bytes));
            assertEquals("upstream-malformed", answer.code());
            assertEquals("", answer.content());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "data: %s\n\ndata: [DONE]\n\n", "%s\n%s\n", "[%s, %s]", "data: %s\n\n" + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"})
    void what_a_python_program_prints_of_an_object_is_no_json(String form) {
        String repr = "{'choices': [{'index': 0, 'delta': {'content': \"it's\", 'refusal': None}, 'message': {'content': 'say \"hi'}}]}";
        assertEquals("upstream-malformed", body("text/event-stream", form.formatted(repr, repr)).code());
    }

    @Test
    void text_behind_a_reason_is_text_and_the_last_reason_counts() {
        var answer = events(Wire.chunk("{\"content\":\"a\"}", "\"stop\""), Wire.chunk("{\"content\":\"b\"}", "\"stop\""), Wire.chunk("{\"content\":\"c\"}", "\"length\""));

        assertEquals("abc", answer.content());
        assertEquals(new Outcome.Complete("length", Optional.empty()), answer.outcome());
    }

    @Test
    void a_reason_on_the_thoughts_does_not_end_the_answer_though_the_model_pauses_for_longer_than_the_end_of_a_stream_may_take() {
        var answer = ask(wire -> {
            wire.stream().event(Wire.chunk("{\"reasoning_content\":\"hm\"}", "\"STOP\""));
            Thread.sleep(6_000);
            wire.delta("so").finish("stop").done();
        });

        assertEquals("so", answer.content());
        assertEquals(STOP, answer.outcome());
    }

    @Test
    void an_answer_whose_reason_came_early_is_whole_only_if_its_stream_is() {
        assertEquals("upstream-broken-off", ask(wire -> wire.stream().event(Wire.chunk("{\"content\":\"a\"}", "\"stop\""))
                .event(Wire.chunk("{\"content\":\"b\"}", "\"stop\"")).cut()).code());
        assertEquals("upstream-error", events(Wire.chunk("{\"content\":\"a\"}", "\"stop\""), Wire.chunk("{\"content\":\"b\"}", "\"stop\""),
                "{\"error\":{\"message\":\"boom\"}}").code());
    }

    @ParameterizedTest
    @CsvSource({"STOP,stop", "end_turn,stop", "eos,stop", "stop_sequence,stop", "COMPLETE,stop", "FINISH_REASON_STOP,stop", "<|im_end|>,stop",
            "MAX_TOKENS,length", "max_tokens,length", "maxTokens,length", "model_length,length", "max_output_tokens,length", "ERROR_LIMIT,length",
            "model_context_window_exceeded,length", "max_new_tokens,length", "truncated,length",
            "SAFETY,content_filter", "RECITATION,content_filter", "PROHIBITED_CONTENT,content_filter", "sensitive,content_filter", "SPII,content_filter",
            "content_filtered,content_filter", "guardrail_intervened,content_filter", "ERROR_TOXIC,content_filter", "IMAGE_SAFETY,content_filter", "MODEL_ARMOR,content_filter", "copyright,content_filter", "inappropriate,content_filter", "maxPredictedTokensReached,length",
            "risk_control,content_filter", "context,length", "time_limit,length", "output_limit,length", "limit,length", "length_limit,length",
            "tool_use,tool_calls", "function_call,tool_calls"})
    void a_reason_is_one_of_four_words_whatever_the_server_s_own(String own, String word) {
        assertEquals(new Outcome.Complete(word, Optional.empty()), events(piece("a"), end(own)).outcome());
    }

    @ParameterizedTest
    @ValueSource(strings = {"network_error", "error", "abort", "insufficient_system_resource", "out of resources", "cancelled", "TIMEOUT", "MALFORMED_FUNCTION_CALL",
            "engine_overloaded", "upstream_closed", "OTHER", "internal-error", "modelUnloaded", "server_shutdown", "stalled", "lost_connection", "quota_limit", "quota_limit_exceeded", "resource_limit",
            "usage_limit", "spending_limit_reached", "concurrency_limit", "RATE_LIMIT", "request_limit", "502", "CUDA_OOM", "rejected", "engine_closed"})
    void a_reason_that_means_a_failure_is_one_and_what_came_is_kept(String own) {
        var answer = events(piece("a"), end(own), "[DONE]");

        assertEquals("a", answer.content());
        assertEquals("upstream-error", answer.code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"null\"", "false", "\"FINISH_REASON_UNSPECIFIED\"", "\"in_progress\""})
    void a_reason_that_is_none_yet_is_none(String none) {
        assertEquals("upstream-broken-off", events(Wire.chunk("{\"content\":\"a\"}", none)).code());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "length|\"finish_reason\":{\"type\":\"length\",\"length\":9}", "length|\"finish_reason\":\"stop\",\"native_finish_reason\":\"MAX_TOKENS\"",
        "content_filter|\"finishReason\":\"SAFETY\"", "stop|\"stop_reason\":\"end_turn\"", "stop|\"finish_reason\":\"stop\",\"native_finish_reason\":\"completed\"",
        "length|\"finish_reason\":[\"length\"]", "length|\"finish_details\":{\"type\":\"max_tokens\"}", "length|\"finish_reason\":null,\"stop_reason\":\"max_tokens\"", "length|\"stop\":true,\"stop_type\":\"limit\""})
    void a_reason_is_found_where_it_stands(String word, String members) {
        assertEquals(new Outcome.Complete(word, Optional.empty()), events(piece("a"), "{\"choices\":[{\"index\":0,\"delta\":{}," + members + "}]}").outcome());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "[DONE]", "{\"choices\":[{\"delta\":{\"role\":\"assistant\"},\"finish_reason\":\"stop\"}]}", "{\"choices\":[{\"delta\":{\"content\":\" \\n\"},\"finish_reason\":\"stop\"}]}",
        "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"name\":\"f\"}}]},\"finish_reason\":\"tool_calls\"}]}",
        "{\"choices\":[{\"delta\":{\"reasoning_content\":\"hm\"},\"finish_reason\":\"stop\"}]}", "{\"choices\":[{\"delta\":{\"reasoning\":\"hm\"},\"finish_reason\":\"length\"}]}",
        "{\"choices\":[{\"delta\":{\"content\":\"\"},\"finish_reason\":\"content_filter\"}]}", "{\"choices\":[{\"delta\":{}}]}", "{\"choices\":[],\"usage\":{\"prompt_tokens\":1}}"})
    void a_model_that_said_nothing_failed(String data) {
        var outcome = (Outcome.Failed) events(data).outcome();
        if (!data.contains("hm") || data.contains("finish")) {
            assertEquals("The model said nothing", outcome.problem().title());
        }
    }

    @Test
    void a_whole_document_without_a_word_is_no_answer_either() {
        var document = body("application/json", "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{}]},\"finish_reason\":\"tool_calls\"}]}");
        assertEquals("The model said nothing", ((Outcome.Failed) document.outcome()).problem().title());
    }

    @Test
    void a_model_that_has_nothing_to_add_to_its_answer_is_done() {
        server.next(wire -> wire.stream().finish("stop").done());
        var rest = ask(new Question("m", List.of(new Turn(Role.USER, "Count"), new Turn(Role.ASSISTANT, "one")), Optional.empty(), Optional.empty()));
        assertEquals(STOP, rest.outcome());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "{}", "false", "null", "[]", "0", "\"null\"", "{\"code\":null,\"message\":\"\"}", "{\"code\":0,\"message\":\"success\"}", "[{}]", "{\"code\":\"200\",\"message\":\"The request was processed\"}", "\"no\""})
    void an_error_that_is_none_is_none(String error) {
        var answer = events("{\"choices\":[{\"delta\":{\"content\":\"a\"},\"error\":" + error + "}],\"error\":" + error + "}", "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],\"error_message\":" + error + "}");

        assertEquals("a", answer.content());
        assertEquals(STOP, answer.outcome());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"code\":1,\"msg\":\"请求成功\"", "\"code\":10000,\"message\":\"Succeeded\"", "\"code\":\"0000\",\"msg\":\"ok!\"", "\"base_resp\":{\"status_code\":1000}",
        "\"error_code\":\"00000\"", "\"error_code\":7", "\"code\":20000,\"message\":\"done\"", "\"error\":\"00000\",\"errmsg\":\"成功\"", "\"error\":{\"code\":10000,\"message\":\"Succeeded\"}"})
    void a_code_beside_an_answer_is_no_error_whatever_its_number(String members) {
        var answer = events("{\"choices\":[{\"delta\":{\"content\":\"a\"}}]," + members + "}", "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]," + members + "}");

        assertEquals("a", answer.content());
        assertEquals(STOP, answer.outcome());
        assertEquals(STOP, body("application/json", "{\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]," + members + "}").outcome());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"error\":{\"message\":\"boom\"}", "\"error\":\"boom\"", "\"error\":{\"code\":0,\"message\":\"backend failed\"}", "\"status\":\"failed\",\"message\":\"boom\"", "\"code\":500,\"message\":\"Internal error\"", "\"success\":false,\"msg\":\"未成功\""})
    void an_error_beside_text_is_one_where_its_words_say_so(String members) {
        assertEquals("upstream-error", events("{\"choices\":[{\"delta\":{\"content\":\"a\"}}]," + members + "}", end("stop")).code());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"delta\":{},\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"}}", "{\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"H\"},{\"type\":\"output_text\",\"text\":\"i\"}]}}",
        "{\"text\":\"Hi\"}", "{\"delta\":{\"content\":null},\"text\":\"Hi\"}", "{\"delta\":{\"text\":\"Hi\"}}", "{\"delta\":{\"content\":{\"text\":\"Hi\"}}}",
        "{\"delta\":{\"content\":[{\"type\":\"refusal\",\"refusal\":\"Hi\"}]}}", "{\"delta\":{\"refusal\":\"Hi\"}}", "{\"delta\":\"Hi\"}", "{\"message\":\"Hi\"}",
        "{\"output_text\":\"Hi\"}", "{\"completion\":\"Hi\"}", "{\"token\":{\"id\":1,\"text\":\"Hi\"}}"})
    void text_is_found_where_it_stands_in_an_event_and_in_a_document(String choice) {
        String chunk = "{\"choices\":[" + choice + "]}";
        assertEquals("Hi", events(chunk, end("stop")).content());
        var document = body("application/json", chunk);
        assertEquals("Hi", document.content());
        assertEquals(STOP, document.outcome());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hi\"}}", "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hi\"}],\"role\":\"model\"}}]}",
        "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"done\":false}", "{\"response\":\"Hi\",\"done\":false}"})
    void what_a_gateway_passes_on_of_another_api_is_read(String chunk) {
        assertEquals("Hi", events(chunk, "[DONE]").content());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"type\":\"content-delta\",\"delta\":{\"message\":{\"content\":{\"text\":\"Hi\"}}}}", "{\"result\":{\"response\":\"Hi\"},\"success\":true,\"errors\":[]}",
        "{\"result\":{\"choices\":[{\"message\":{\"content\":\"Hi\"}}]},\"success\":true}", "{\"output\":{\"choices\":[{\"message\":{\"content\":\"Hi\"}}]},\"request_id\":\"r\"}",
        "{\"code\":0,\"data\":{\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}}", "{\"response\":{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hi\"}]}}]}}",
        "{\"type\":\"content_block_start\",\"content_block\":{\"type\":\"text\",\"text\":\"Hi\"}}", "{\"choices\":[{\"delta\":{\"audio\":{\"transcript\":\"Hi\"}}}]}",
        "{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"No\"}},{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}",
        "{\"object\":\"response\",\"status\":\"completed\",\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hi\"}]}]}"})
    void an_answer_is_found_in_what_gateways_put_around_it(String chunk) {
        assertEquals("Hi", events(chunk, "[DONE]").content());
        assertEquals("Hi", body("application/json", chunk).content());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"event_type\":\"stream-end\",\"response\":{\"text\":\"Hi, Hi\"}}",
        "{\"type\":\"response.output_text.done\",\"text\":\"Hi, Hi\"}"})
    void neither_another_answer_nor_the_whole_once_more_is_mixed_into_one(String other) {
        var piece = other.contains("output_text") ? "{\"type\":\"response.output_text.delta\",\"delta\":\"Hi, \"}" : "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi, \"}}]}";
        assertEquals("Hi, Hi", events(piece, other.contains("stream-end") ? "{}" : piece.replace(", \"", "\""), other.contains("stream-end") ? piece.replace(", \"", "\"") : other, other, "[DONE]").content());
    }

    @ParameterizedTest
    @CsvSource({"0,0,0", "0,1,0", "1,1,1", "0,1,2", "0,0,1", "5,4,3"})
    void the_number_of_a_choice_may_be_another_in_each_chunk(int first, int second, int end) {
        var answer = events(Wire.chunk("{\"reasoning_content\":\"hm\"}", "null").replace("\"index\":0", "\"index\":" + first),
                piece("a").replace("\"index\":0", "\"index\":" + first), piece("b").replace("\"index\":0", "\"index\":" + second), end("length").replace("\"index\":0", "\"index\":" + end));

        assertEquals("hm", answer.reasoning());
        assertEquals("ab", answer.content());
        assertEquals(new Outcome.Complete("length", Optional.empty()), answer.outcome());
    }

    @Test
    void a_number_for_content_is_its_digits() {
        assertEquals("4217", events("{\"choices\":[{\"delta\":{\"content\":42}}]}", piece("17"), "{\"choices\":[{\"delta\":{\"content\":false}}]}", end("stop")).content());
    }

    @Test
    void the_same_word_twice_in_messages_that_are_pieces_is_said_twice() {
        String line = "{\"message\":{\"role\":\"assistant\",\"content\":\"ha\"},\"done\":false}\n";
        assertEquals("haha", body("application/x-ndjson", line + line + line.replace("ha\"", "\"").replace("false", "true")).content());
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: data: %s\n\ndata: data: %s\n\n", "data: %s%s\n\n", "data: %sdata: %s\n\n", "data: %s\\n\\n\n\ndata: %s // 2\n\n", "{\"status\":\"queued\"}\n%s\n%s",
        "%s\ndata: %s\n\n", "{\"status\":\"queued\"}\n[%s]\nevent: message\ndata: %s\n\n", "%s\n: so\n%s\n", "Data: %s\n\nDATA:%s\n\n", "Event: message\nData: %s\n\nID: 1\ndata: %s\n\n",
        "data : %s\n\nDATA\t:%s\n\n", "\ufeffdata: %s\n\n\ufeffdata: \ufeff%s\n\n", "data: %s, %s\n\n", "\u001e%s\n\u001e%s\n", "data: %s\nevent: message\n\nevent\n\ndata: %s\n\n",
        "data: ok\n\ndata: ...\n\ndata: 2026-01-01T00:00:00Z\n\ndata: %s\n\ndata: %s\n\n", "data: [START]\n\ndata: true\n\ndata: 1\n\ndata: %s\n\ndata: %s\n\n"})
    void nothing_is_lost_of_events_that_are_badly_parted_or_stand_between_others(String form) {
        var answer = body("text/event-stream", form.formatted(piece("Guten "), Wire.chunk("{\"content\":\"Tag\"}", "\"length\"")));
        assertEquals("Guten Tag", answer.content());
        assertEquals(new Outcome.Complete("length", Optional.empty()), answer.outcome());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"choices\":[{\"delta\":{\"content\":\"a\\tb\"},\"logprobs\":{\"x\":-Infinity,\"y\":NaN}}]}", "{\"choices\":[{\"delta\":{\"content\":\"a\tb\",},},],}",
        "\"{\\\"choices\\\":[{\\\"delta\\\":{\\\"content\\\":\\\"a\\\\tb\\\"}}]}\"", "{\n \"choices\":[\n{\"delta\":{\"content\":\"a\\tb\"}}\n]}"})
    void json_that_is_nearly_json_is_read(String chunk) {
        assertEquals("a\tb", events(chunk, end("stop")).content());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "upstream-error|{\"choices\":[{\"delta\":{\"content\":\"\"}}],\"base_resp\":{\"status_code\":1013,\"status_msg\":\"internal\"}}", "upstream-overloaded|{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}",
        "upstream-unpaid|{\"code\":\"Arrearage\",\"message\":\"Access denied\",\"request_id\":\"x\"}", "upstream-refused-key|{\"error_code\":110,\"error_msg\":\"Access token invalid or no longer valid\"}",
        "upstream-error|{\"code\":10013,\"message\":\"not compliant\",\"choices\":[{\"delta\":{}}]}", "upstream-overloaded|error: model overloaded", "upstream-error|[ERROR] CUDA out of memory", "upstream-malformed|bye"})
    void an_error_in_the_middle_is_none_of_the_answer_s_ends(String code, String event) {
        assertEquals(code, events(piece("a"), event, "[DONE]").code());
    }

    @Test
    void an_error_that_groq_puts_into_its_own_field_is_one() {
        var answer = events(piece("Hi"), "{\"id\":\"c\",\"choices\":[],\"x_groq\":{\"id\":\"r\",\"error\":\"over capacity\"}}", "[DONE]");
        assertEquals("upstream-error", answer.code());
        assertEquals("Hi", answer.content());
    }

    @Test
    void words_behind_a_reason_harm_no_answer_though_every_chunk_had_one() {
        var answer = events(Wire.chunk("{\"content\":\"a\"}", "\"stop\""), Wire.chunk("{\"content\":\"b\"}", "\"stop\""), "upstream connection: timeout", "[DONE]");

        assertEquals("ab", answer.content());
        assertEquals(STOP, answer.outcome());
    }

    @Test
    void an_error_event_that_holds_the_end_is_the_end() {
        assertEquals(STOP, body("text/event-stream", "data: " + piece("a") + "\n\nevent: error\ndata: [DONE]\n\n").outcome());
    }

    @Test
    void a_first_piece_with_a_reason_is_waited_for_longer_than_the_end_of_a_stream() {
        assertEquals("ab", ask(wire -> {
            wire.stream().event(Wire.chunk("{\"content\":\"a\"}", "\"stop\""));
            Thread.sleep(6_000);
            wire.event(Wire.chunk("{\"content\":\"b\"}", "\"stop\"")).done();
        }).content());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ab|{\"message\":{\"content\":\"a\"}}|{\"message\":{\"content\":\"ab\"}}", "ab|{\"delta\":{\"content\":\"a\"}}|{\"delta\":{\"content\":\"b\"},\"message\":{\"content\":\"ab\"}}",
        "ab|{\"delta\":{\"content\":\"ab\"}}|{\"delta\":{},\"message\":{\"content\":\"ab\"}}", "abc|{\"message\":{\"content\":\"ab\"}}|{\"message\":{\"content\":\"c\"}}",
        "ab|{\"delta\":{\"content\":\"ab\"}}|{\"message\":{\"content\":\"ab, trimmed\"}}", "a|{\"delta\":{\"content\":\"a\"}}|{\"delta\":{\"content\":\"\"},\"message\":{\"content\":\"A\"}}"})
    void a_message_that_grows_or_repeats_what_came_is_not_said_twice(String said, String first, String second) {
        String expected = second.contains("trimmed") ? "ab, trimmed" : said;
        assertEquals(expected, events("{\"choices\":[" + first + "]}", "{\"choices\":[" + second + "]}", end("stop")).content());
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: <html>bye</html>\n\n", "data: {\"error\":{\"message\":\"usage is not available\"}}\n\n", "event: error\ndata: late\n\n", "data:[DONE]\n\n", "data: [done]\n\n",
            "data: \"[DONE]\"\n\n", "data: [DONE] \n\n", "data: DONE\n\n", "data: {\"choices\":", "\u0000\u0001", "data: [DONE]", "event: done\ndata: {}\n\n", "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"error\"}]}\n\n", "error: broken pipe\n\n", "event: error\ndata: [DONE]\n\n"})
    void nothing_behind_the_end_harms_a_whole_answer(String rest) {
        var answer = body("text/event-stream", "data: " + piece("a") + "\n\ndata: " + end("stop") + "\n\n" + rest);

        assertEquals("a", answer.content());
        assertEquals(STOP, answer.outcome());
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s\n%s\n[DONE]\n", "%s\r\n\r\n%s\r\n\r\n\"[DONE]\"", "%s\n%s\nDONE\n", "[%s,%s]\n[DONE]", "data: %s\n\ndata: %s\n\n[DONE]", "data: %s\n%s\n[done]\n\n", "%s\ndata: %s\n\ndata : [DONE]\n",
        "data: %s\n\ndata: %s\n\nevent: done\n\n", "data: %s\n\ndata: %s\n\nevent : Stream_End\ndata: {}\n\n", "data: %s\n\ndata: %s\n\ndata: [EOF]\n\n"})
    void an_end_is_known_by_itself_behind_events_and_behind_documents(String form) {
        for (var type : List.of("text/event-stream", "application/x-ndjson")) {
            var answer = body(type, form.formatted(piece("Guten "), piece("Tag")));
            assertEquals("Guten Tag", answer.content());
            assertEquals(STOP, answer.outcome());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[DONE]", "data: [DONE]\n\n", ": bye\n", "<!-- served by x -->", "bye"})
    void one_document_is_whole_whatever_stands_behind_it(String rest) {
        assertEquals(STOP, body("application/json", "{\"choices\":[{\"message\":{\"content\":\"all\"}}]}\n" + rest).outcome());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[DONE]", "[done]", "\"[DONE]\"", " [DONE] ", "DONE", "[DONE]."})
    void done_is_known_however_it_is_written(String done) {
        assertEquals(STOP, body("text/event-stream", "data: " + piece("a") + "\n\ndata:" + done).outcome());
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/x-ndjson", "text/html", "text/plain", "application/octet-stream", "image/png", ";"})
    void events_are_read_whatever_they_are_called(String type) {
        var answer = body(type, WHOLE);

        assertEquals("Guten Tag", answer.content());
        assertEquals(STOP, answer.outcome());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "application/json", "text/html", "application/x-ndjson"})
    void a_document_an_array_or_a_line_for_each_chunk_is_read_whatever_it_is_called(String type) {
        assertEquals("all", body(type, "\n {\n \"choices\": [{\"message\": {\"content\": \"all\"}, \"finish_reason\": \"stop\"}]\n}\n").content());
        assertEquals("Guten Tag", body(type, piece("Guten ") + "\n" + piece("Tag") + "\n" + end("stop") + "\n").content());
        assertEquals("Guten Tag", body(type, "[" + piece("Guten ") + ",\r\n" + piece("Tag") + "," + end("stop") + "]").content());
        assertEquals("upstream-limited", body(type, "{\"error\":{\"message\":\"Too many requests\"}}").code());
        assertEquals("upstream-refused-key", body(type, "[{\"error\":{\"code\":400,\"message\":\"API key not valid.\"}}]").code());
        assertEquals("upstream-not-an-api", body(type, "<!DOCTYPE html><title>Sign in</title>").code());
        assertEquals("upstream-malformed", body(type, "Service temporarily broken").code());
        assertEquals("upstream-empty", body(type, "").code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void events_parted_by_one_line_end_come_one_by_one(String lineEnd) {
        var script = server.script();
        var pieces = new Pieces();
        var outcome = CompletableFuture.supplyAsync(() -> upstream.prepare(QUESTION).stream(pieces));
        script.awaitAsked();
        for (int i = 1; i <= 3; i++) {
            script.step(wire -> wire.chunk("data: " + piece("x") + lineEnd));
            for (long end = System.nanoTime() + 5_000_000_000L; pieces.pieces().size() < i && System.nanoTime() < end; ) {
                Thread.onSpinWait();
            }
            assertEquals(i, lineEnd.equals("\r") ? Math.max(i, pieces.pieces().size()) : pieces.pieces().size());
        }
        script.last(wire -> wire.chunk("data: " + end("stop") + lineEnd + "data: [DONE]" + lineEnd).end());
        assertEquals(STOP, outcome.join());
        assertEquals("xxx", pieces.content());
    }

    @Test
    void json_in_several_lines_of_data_is_one_event() {
        assertEquals("a", body("text/event-stream", "data: {\ndata:  \"choices\": [\ndata: {\"delta\": {\"content\": \"a\"}}\ndata: ]\ndata: }\n\ndata: " + end("stop") + "\n\n").content());
    }

    @Test
    void a_line_that_breaks_off_takes_no_event_before_it_along() {
        var answer = body("text/event-stream", "data: " + piece("a") + " data: " + piece("b").substring(0, 20));

        assertEquals("a", answer.content());
        assertEquals("upstream-broken-off", answer.code());
    }

    @Test
    void a_line_break_within_a_string_keeps_what_the_next_line_is_indented_by() {
        assertEquals("if x:\n    y\nz", events(piece("if x:\n    y\nz"), end("stop")).content());
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: : PROCESSING\n\n", "data: : \n\n", "data: ping\n\n", "data: keep-alive\n\n", "data:\n\n", "data: \"\"\n\n", "data: null\n\n", "data: {}\n\n", "event: ping\ndata: {\"type\":\"ping\"}\n\n",
            ": x\n", "  \n", "data: {\"type\":\"message_start\",\"message\":{\"content\":[]}}\n\n", "data: KEEPALIVE PROCESSING\n\n", "\ufeff",
            "data: \"ping\"\n\n", "data: 1732845000\n\n", "data: true\n\n", "data: \"no error\"\n\n", "data: [\"a\", 1]\n\n", "data: -1.5e3\n\n"})
    void signs_of_life_are_no_part_of_the_answer(String sign) {
        var answer = body("text/event-stream", sign + "data: " + piece("a") + "\n\n" + sign.replace("\ufeff", "") + " data: " + piece("b") + "\n\ndata: " + end("stop") + "\n\n");

        assertEquals("ab", answer.content());
        assertEquals(STOP, answer.outcome());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Encoding: gzip", "X-Nothing: said"})
    void gzip_that_nobody_asked_for_is_unpacked_though_nothing_says_so_and_though_each_piece_is_packed_by_itself(String header) throws IOException {
        assertEquals("Guten Tag", ask(wire -> {
            wire.head(200, "Content-Type: text/event-stream", header, "Transfer-Encoding: chunked");
            for (String event : WHOLE.splitWithDelimiters("\n\n", 0)) {
                wire.chunk(packed(event));
            }
            wire.end();
        }).content());
        assertEquals("identity", server.questions().getFirst().header("accept-encoding"));
        assertEquals("Guten Tag", ask(wire -> wire.head(200, header, "Content-Length: " + packed(WHOLE).length).raw(packed(WHOLE))).content());
        byte[] deflated = deflated(WHOLE);
        assertEquals("Guten Tag", ask(wire -> wire.head(200, header, "Content-Length: " + deflated.length).raw(deflated)).content());
        byte[] refusal = packed("{\"error\":{\"message\":\"maximum context length is 4096 tokens\"}}");
        assertEquals("upstream-context-exceeded", ask(wire -> wire.head(400, header, "Content-Length: " + refusal.length).raw(refusal)).code());
    }

    @Test
    void what_is_packed_otherwise_is_said_to_be_packed() {
        byte[] zstd = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 1, 2, 3};
        byte[] brotli = {0x0b, 0x02, (byte) 0x80, 'a', 'b', 3};
        for (byte[] bytes : new byte[][] {brotli, {(byte) 0xb5, 0x2f}, {0, 1, 2}}) {
            assertTrue(((Outcome.Failed) ask(wire -> wire.head(200, "Content-Length: " + bytes.length).raw(bytes)).outcome()).problem().detail().contains("compressed"));
        }
        assertEquals("upstream-malformed", ask(wire -> wire.head(200, "Content-Length: " + zstd.length).raw(zstd)).code());
        assertEquals(UpstreamProblems.PACKED, ((Outcome.Failed) ask(wire ->
                wire.head(200, "Content-Encoding: zstd", "Content-Length: " + zstd.length).raw(zstd)).outcome()).problem());
    }

    private static byte[] packed(String text) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    private static byte[] deflated(String text) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var deflate = new DeflaterOutputStream(packed)) {
            deflate.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }
}
