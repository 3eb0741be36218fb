package runnel.web.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.Client;
import runnel.web.OneServerTest;
import runnel.web.WebTest;

/// What `/v1/responses` refuses: it names the parameter, nothing is stored, and nothing is asked.
@Timeout(60)
class ResponseErrorsTest extends OneServerTest {
    private JsonNode refused(int status, String path, String method, String body) {
        int asked = model.questions().size();
        var headers = body == null ? new String[0] : new String[] {"Content-Type", "application/json"};
        var error = WebTest.openAiError(status, client.send(method, path, body, headers));
        assertEquals(asked, model.questions().size(), "nothing is asked");
        assertEquals(0, Client.json(client.get("/api/chats?q=refused")).get("chats").size(), "nothing is stored");
        return error;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "model | 5", "model | [\"m\"]", "model | \"\"",
        "input | null", "input | 5", "input | {}", "input | []", "input | true",
        "input[0].type | [5]:input", "input[0].type | [{\"type\":\"web_search_call\",\"id\":\"x\"}]:input", "input[0].role | [{\"role\":\"tool\",\"content\":\"x\"}]:input",
        "input[0].content | [{\"role\":\"user\"}]:input", "input[0].content | [{\"role\":\"user\",\"content\":5}]:input",
        "input[0].content[0].image_url | [{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"image_url\":\"data:\"}]}]:input",
        "input[0].content[0].image_url | [{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"image_url\":\"http://169.254.169.254/\"}]}]:input",
        "input[0].content[0].image_url | [{\"role\":\"user\",\"content\":[{\"type\":\"input_image\"}]}]:input",
        "input[0].content[0].detail | [{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"image_url\":\"data:;base64,aaaa\",\"detail\":\"highest\"}]}]:input",
        "input[0].content[0].detail | [{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"image_url\":\"data:;base64,aaaa\",\"detail\":5}]}]:input",
        "input[0].content[0].file_url | [{\"role\":\"user\",\"content\":[{\"type\":\"input_file\",\"file_url\":\"http://x\",\"file_data\":\"aaaa\"}]}]:input",
        "input[0].content[0].type | [{\"role\":\"assistant\",\"content\":[{\"type\":\"input_image\",\"image_url\":\"data:;base64,aaaa\"}]}]:input",
        "input[0].content[0] | [{\"role\":\"user\",\"content\":[{\"type\":\"input_file\",\"file_data\":\"AAEC\"}]}]:input",
        "input[0].content[1].text | [{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"x\"},{\"type\":\"input_text\",\"text\":{}}]}]:input",
        "input[0].call_id | [{\"type\":\"function_call_output\",\"output\":\"x\"}]:input", "input[0].output | [{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":5}]:input",
        "instructions | 5", "instructions | [\"x\"]", "temperature | 7", "temperature | \"warm\"", "temperature | 1e400", "top_p | 2", "top_p | -1",
        "max_output_tokens | 0", "max_output_tokens | 1.5", "max_output_tokens | 99999999999999999999", "max_output_tokens | \"5\"",
        "stream | \"yes\"", "store | 1", "background | {}", "parallel_tool_calls | \"no\"", "metadata | []", "metadata | {\"a\":5}", "metadata | \"x\"",
        "reasoning | \"high\"", "reasoning.effort | {\"effort\":5}:reasoning", "reasoning.summary | {\"summary\":\"auto\"}:reasoning",
        "text | \"x\"", "text.format.type | {\"format\":{\"type\":\"xml\"}}:text", "text.format.name | {\"format\":{\"type\":\"json_schema\"}}:text",
        "text.format.name | {\"format\":{\"type\":\"json_schema\",\"name\":\"a b\",\"schema\":{}}}:text", "text.format.schema | {\"format\":{\"type\":\"json_schema\",\"name\":\"a\"}}:text",
        "text.format.strict | {\"format\":{\"type\":\"json_schema\",\"name\":\"a\",\"schema\":{},\"strict\":\"yes\"}}:text",
        "tools | {}", "tools[0].type | [{\"type\":\"web_search\"}]:tools", "tools[0].type | [5]:tools", "tools[0].name | [{\"type\":\"function\",\"name\":\"a b\"}]:tools",
        "tools[0].parameters | [{\"type\":\"function\",\"name\":\"f\",\"parameters\":[]}]:tools", "tools[0].strict | [{\"type\":\"function\",\"name\":\"f\",\"strict\":1}]:tools",
        "tools[0].defer_loading | [{\"type\":\"function\",\"name\":\"f\",\"defer_loading\":true}]:tools",
        "tool_choice | \"always\"", "tool_choice | \"required\"", "tool_choice | {\"type\":\"function\",\"name\":\"nowhere\"}", "tool_choice | {\"type\":\"web_search\"}", "tool_choice | 5",
        "input | \"\"", "input | \" \"", "input | [{\"role\":\"user\",\"content\":[]}]", "input[0].mood | [{\"role\":\"user\",\"content\":\"x\",\"mood\":1}]:input",
        "input[0].content[0].mood | [{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"x\",\"mood\":1}]}]:input",
        "input[0].content[0].file_id | [{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"file_id\":5}]}]:input",
        "input[0].content[0].file_id | [{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"file_id\":\"x\",\"image_url\":\"data:;base64,aaaa\"}]}]:input",
        "input[0].content[0].filename | [{\"role\":\"user\",\"content\":[{\"type\":\"input_file\",\"filename\":5,\"file_data\":\"aaaa\"}]}]:input",
        "input | [{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":\"x\"}]",
        "input | [{\"role\":\"user\",\"content\":\"x\"},{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"{}\"}]",
        "conversation.id | {}:conversation", "conversation.id | {\"id\":5}:conversation", "conversation.x | {\"id\":\"conv_x\",\"x\":1}:conversation",
        "previous_response_id | 5", "conversation | 5", "include | [\"reasoning.encrypted_content\"]", "truncation | \"disabled\"", "top_logprobs | 3", "max_tool_calls | 2",
        "prompt | {\"id\":\"x\"}", "stream_options | {\"include_obfuscation\":true}", "stream_options | {\"x\":1}", "something_new | true", "n | 2"})
    void a_wrong_or_unknown_parameter_is_named(String param, String value) {
        int name = value.lastIndexOf(':');
        boolean other = name > 0 && value.substring(name + 1).matches("[a-z]+");
        var field = other ? value.substring(name + 1) : param;
        var body = Response.asked("text:1", "refused").set(field, Client.json("[" + (other ? value.substring(0, name) : value) + "]").get(0));
        assertEquals(param, refused(400, "/v1/responses", "POST", body.toString()).get("param").asText(), body::toString);
    }

    @Test
    void what_excludes_each_other_is_refused() {
        var body = Response.asked("text:1", "refused").put("background", true).put("store", false);
        assertEquals("background", refused(400, "/v1/responses", "POST", body.toString()).get("param").asText());
        body = Response.asked("text:1", "refused").put("previous_response_id", "resp_x").put("conversation", "conv_x");
        assertEquals("previous_response_id", refused(400, "/v1/responses", "POST", body.toString()).get("param").asText());
        body = Response.asked("text:1", "refused").put("store", false).put("conversation", "conv_x");
        assertEquals("conversation", refused(400, "/v1/responses", "POST", body.toString()).get("param").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "{", "[]", "null", "{\"input\":", "\"x\"", "{\"input\":\"x\"} {}", "{\"input\":\"refused\",\"input\":\"refused\"}"})
    void what_is_no_object_is_refused(String body) {
        refused(400, "/v1/responses", "POST", body);
    }

    @Test
    void what_is_too_deep_or_too_long_is_refused() {
        refused(400, "/v1/responses", "POST", "{\"input\":" + "[".repeat(5_000));
        refused(400, "/v1/responses", "POST", "{\"input\":[" + "0,".repeat(200_000) + "0]}");
        assertEquals("input", refused(400, "/v1/responses", "POST", Response.asked("text:1", "x".repeat(1_000_001)).toString()).get("param").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"resp_01900000000070008000000000000000", "resp_", "x", "01900000-0000-7000-8000-000000000000", "resp_0190000000007000800000000000000Z", "a%2Fb"})
    void what_is_not_there_is_404_everywhere(String id) {
        var path = "/v1/responses/" + id;
        var error = refused(404, path, "GET", null);
        assertEquals(error, refused(404, path + "?stream=true", "GET", null));
        assertEquals(error, refused(404, path, "DELETE", null));
        assertEquals(error, refused(404, path + "/cancel", "POST", null));
        assertEquals(error, refused(404, path + "/input_items", "GET", null));
        var body = Response.asked("text:1", "refused").put("previous_response_id", id);
        assertEquals("previous_response_id", refused(404, "/v1/responses", "POST", body.toString()).get("param").asText());
        body = Response.asked("text:1", "refused").put("conversation", id);
        assertEquals("conversation", refused(404, "/v1/responses", "POST", body.toString()).get("param").asText());
    }

    @ParameterizedTest
    @CsvSource({"starting_after=-1,starting_after", "starting_after=1.5,starting_after", "starting_after=x,starting_after", "starting_after=,starting_after", "starting_after=1e3,starting_after",
        "starting_after=3,starting_after", "starting_after=9007199254740991,starting_after", "starting_after=9007199254740992,starting_after", "starting_after=99999999999999999999,starting_after",
        "starting_after=12345678,starting_after", "starting_after=0&starting_after=1,starting_after", "stream=true&stream=false,stream", "include_obfuscation=true,include_obfuscation", "include=x,include", "include[]=x,include", "stream=yes,stream"})
    void a_place_that_there_is_not_is_refused_and_named(String query, String param) {
        var id = Client.json(client.post("/v1/responses", Response.asked("text:2", "hello"))).get("id").asText();
        var path = "/v1/responses/" + id + (query.startsWith("stream=") ? "?" : "?stream=true&") + query;
        assertEquals(param, refused(400, path, "GET", null).get("param").asText());
    }

    @Test
    void a_place_without_a_stream_is_refused() {
        var id = Client.json(client.post("/v1/responses", Response.asked("text:2", "hello"))).get("id").asText();
        assertEquals("starting_after", refused(400, "/v1/responses/" + id + "?starting_after=4", "GET", null).get("param").asText());
        for (var query : new String[] {"limit=0", "limit=101", "limit=x", "order=up", "after=x", "before=x"}) {
            assertEquals(query.replaceAll("=.*", ""), refused(400, "/v1/responses/" + id + "/input_items?" + query, "GET", null).get("param").asText());
        }
    }

    @Test
    void a_conversation_that_answers_takes_no_other_prompt() {
        var script = model.script();
        var response = Response.background(client, Response.asked("m", "busy"));
        script.awaitAsked();
        var body = Response.asked("text:1", "refused").set("conversation", response.now().get("conversation"));
        assertEquals("chat_busy", WebTest.openAiError(409, client.post("/v1/responses", body)).get("code").asText());
        script.finish();
    }
}
