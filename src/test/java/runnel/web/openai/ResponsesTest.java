package runnel.web.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import runnel.Client;
import runnel.SseReader;
import runnel.faults.Eventually;
import runnel.upstream.openai.Asked;
import runnel.upstream.openai.Scenarios;
import runnel.upstream.openai.Script;
import runnel.web.WebTest;

/// `/v1/responses`: how a response begins, ends, is kept and is forgotten.
@Timeout(60)
class ResponsesTest extends WebTest {
    private JsonNode answered(String model, String input) {
        return Client.json(client.post("/v1/responses", Response.asked(model, input)));
    }

    private JsonNode chats() {
        return Client.json(client.get("/api/chats")).get("chats");
    }

    private List<String> said(Asked asked) {
        return StreamSupport.stream(asked.body().get("messages").spliterator(), false)
                .map(message -> message.get("role").asText() + ": " + message.path("content").asText()).toList();
    }

    @Test
    void a_response_that_is_waited_for_is_answered_whole() {
        var response = answered("text:2", "hello");
        assertEquals("completed", response.get("status").asText());
        assertEquals("word0 word1 ", Response.text(response));
        assertEquals(List.of(7, 3, 10), List.of(response.at("/usage/input_tokens").asInt(), response.at("/usage/output_tokens").asInt(), response.at("/usage/total_tokens").asInt()));
        assertEquals(response, new Response(client, response.get("id").asText()).now());
    }

    @Test
    void of_the_tokens_those_are_told_that_were_known_and_that_were_thoughts() {
        model.next(wire -> wire.stream().delta("x").finish("stop").event("{\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":7,\"total_tokens\":12,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":2},\"completion_tokens_details\":{\"reasoning_tokens\":3}}}").done());
        var response = answered("m", "hello");
        assertEquals(List.of(2, 3), List.of(response.at("/usage/input_tokens_details/cached_tokens").asInt(), response.at("/usage/output_tokens_details/reasoning_tokens").asInt()));
        assertEquals(response, new Response(client, response.get("id").asText()).now());
    }

    @Test
    void it_says_when_it_was_completed_and_in_every_replay_the_same() {
        long before = System.currentTimeMillis() / 1_000;
        var response = answered("text:1", "hello");
        long at = response.get("completed_at").asLong();
        assertTrue(at >= before && at <= System.currentTimeMillis() / 1_000 && at >= response.get("created_at").asLong(), response::toString);
        var again = new Response(client, response.get("id").asText());
        assertEquals(at, again.now().get("completed_at").asLong());
        assertEquals(at, again.read("").last().at("/response/completed_at").asLong());
        for (var other : List.of(answered("length:1", "hello"), answered("status:400", "hello"))) {
            assertTrue(other.get("completed_at").isNull(), other::toString);
        }
        assertTrue(Client.json(client.post("/v1/responses", Response.asked("text:1", "x").put("store", false))).get("completed_at").asLong() >= at);
    }

    @Test
    void its_events_are_those_of_openai_and_end_with_done() {
        try (var reader = client.reading(Response.open(client, Response.asked("text:1", "hello")))) {
            var events = Response.read(reader, 100);
            assertEquals(List.of("response.created", "response.in_progress", "response.output_item.added", "response.content_part.added",
                    "response.output_text.done", "response.content_part.done", "response.output_item.done", "response.completed"), events.types());
            assertEquals("word0 ", Response.text(events.last().get("response")));
            assertTrue(reader.raw().endsWith("data: [DONE]\n\n"));
            assertEquals("no-store, no-transform", reader.header("Cache-Control"));
        }
    }

    @Test
    void it_is_a_reply_in_a_chat_that_the_page_shows() {
        var response = answered("text:2", "hello");
        assertEquals(1, chats().size());
        var chat = Client.json(client.get("/api/chats/" + chats().get(0).get("id").asText()));
        assertEquals(List.of("hello", "word0 word1 "), List.of(chat.at("/messages/0/content").asText(), chat.at("/messages/1/content").asText()));
        assertEquals(new Response(client, response.get("id").asText()).reply(), chat.at("/messages/1/id").asText());
        assertEquals("conv_" + chat.get("id").asText().replace("-", ""), response.at("/conversation/id").asText());
    }

    @Test
    void every_reply_of_the_page_is_a_response() {
        var sent = client.ask("hello", "text:3");
        client.whole(sent);
        var response = new Response(client, "resp_" + sent.reply().replace("-", ""));
        assertEquals("word0 word1 word2 ", Response.text(response.now()));
        assertEquals("hello", Client.json(client.get(response.path() + "/input_items")).at("/data/0/content/0/text").asText());
        assertEquals("word0 word1 word2 ", response.read("").text());
    }

    @Test
    void a_response_follows_the_previous_one_or_a_conversation() {
        var first = answered("text:1", "one");
        var second = Client.json(client.post("/v1/responses", Response.asked("text:1", "two").put("previous_response_id", first.get("id").asText())
                .put("instructions", "Be brief")));
        assertEquals(first.get("id"), second.get("previous_response_id"));
        var third = Client.json(client.post("/v1/responses", Response.asked("text:1", "three").set("conversation", second.get("conversation"))));
        assertEquals(second.get("id"), third.get("previous_response_id"));
        assertEquals(List.of("user: one"), said(model.questions().get(0)));
        assertEquals(List.of("system: Be brief", "user: one", "assistant: word0 ", "user: two"), said(model.questions().get(1)));
        assertEquals(List.of("user: one", "assistant: word0 ", "user: two", "assistant: word0 ", "user: three"), said(model.questions().get(2)), "instructions are for one response");
        assertEquals(1, chats().size());
    }

    @Test
    void messages_of_several_roles_reach_the_model_as_they_are_and_stay_with_the_chat() {
        var body = Response.asked("text:1", "").set("input", Client.json("""
                [{"role":"developer","content":"Be a poet"},{"role":"user","content":[{"type":"input_text","text":"Hi"}]},
                 {"type":"message","id":"msg_x","status":"completed","role":"assistant","content":[{"type":"output_text","text":"Ho","annotations":[]}]},
                 {"type":"reasoning","id":"rs_x","summary":[]},{"role":"user","content":"Go"}]"""));
        var response = Client.json(client.post("/v1/responses", body));
        assertEquals(List.of("system: Be a poet", "user: Hi", "assistant: Ho", "user: Go"), said(model.questions().getLast()));
        client.post("/v1/responses", Response.asked("text:1", "on").put("previous_response_id", response.get("id").asText()));
        assertEquals(List.of("system: Be a poet", "user: Hi", "assistant: Ho", "user: Go", "assistant: word0 ", "user: on"), said(model.questions().getLast()));
        var items = Client.json(client.get("/v1/responses/" + response.get("id").asText() + "/input_items?order=asc&limit=3"));
        assertEquals(List.of("Be a poet", "Hi", "Ho"), StreamSupport.stream(items.get("data").spliterator(), false).map(item -> item.at("/content/0/text").asText()).toList());
        assertTrue(items.get("has_more").asBoolean());
        var rest = Client.json(client.get("/v1/responses/" + response.get("id").asText() + "/input_items?order=asc&after=" + items.get("last_id").asText()));
        assertEquals("Go", rest.at("/data/0/content/0/text").asText());
        var between = Client.json(client.get("/v1/responses/" + response.get("id").asText() + "/input_items?order=asc&after=" + items.get("first_id").asText() + "&before="
                + rest.at("/data/0/id").asText()));
        assertEquals(List.of("Hi", "Ho"), between.get("data").valueStream().map(item -> item.at("/content/0/text").asText()).toList());
        assertFalse(between.get("has_more").asBoolean());
        assertEquals("Go", Client.json(client.get("/api/chats/" + chats().get(0).get("id").asText())).at("/messages/0/content").asText());
    }

    @Test
    void what_is_asked_for_reaches_the_model_and_is_told_again() {
        var body = Response.asked("text:1", "hello");
        var asked = (com.fasterxml.jackson.databind.node.ObjectNode) Client.json("""
                {"temperature":0.5,"top_p":0.9,"max_output_tokens":50,"metadata":{"a":"b"},"reasoning":{"effort":"low"},"user":"u","parallel_tool_calls":false,
                 "text":{"format":{"type":"json_schema","name":"n","schema":{"type":"object"},"strict":true}},"tool_choice":{"type":"function","name":"f"},
                 "tools":[{"type":"function","name":"f","description":"d","parameters":{"type":"object"},"strict":false}]}""");
        var response = Client.json(client.post("/v1/responses", body.setAll(asked)));
        ((com.fasterxml.jackson.databind.node.ObjectNode) response.get("reasoning")).remove("summary");
        ((com.fasterxml.jackson.databind.node.ObjectNode) response.at("/text/format")).remove("description");
        asked.forEachEntry((name, value) -> assertEquals(value, response.get(name), name));
        var question = model.questions().getLast().body();
        assertEquals(Client.json("""
                {"temperature":0.5,"top_p":0.9,"max_tokens":50,"reasoning_effort":"low","user":"u","parallel_tool_calls":false,
                 "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object"},"strict":true}},
                 "tool_choice":{"type":"function","function":{"name":"f"}},
                 "tools":[{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object"},"strict":false}}]}"""),
                ((com.fasterxml.jackson.databind.node.ObjectNode) question.deepCopy()).without(List.of("model", "messages", "stream", "stream_options")));
    }

    @ParameterizedTest
    @CsvSource({"length:2,incomplete,max_output_tokens", "cut:2,failed,", "status:429,failed,", "text:2,completed,"})
    void how_it_ended_is_told_in_openais_words(String scenario, String status, String reason) {
        var response = Response.background(client, Response.asked(scenario, "hello"));
        var events = response.read("");
        assertEquals("response." + status, events.last().get("type").asText());
        var last = events.last().get("response");
        assertEquals(List.of(status, reason == null ? "" : reason), List.of(last.get("status").asText(), last.at("/incomplete_details/reason").asText()));
        assertEquals(status.equals("failed"), last.hasNonNull("error"));
        assertEquals(last, response.now());
    }

    @Test
    void thoughts_text_and_refusals_are_items_in_their_order() {
        model.next(wire -> wire.stream().reasoning("Hm. ").delta("So. ").reasoning("Wait. ").delta("No. ").delta("refusal", "I may not.").finish("stop").done());
        var response = Response.background(client, Response.asked("m", "hello"));
        var events = response.read("");
        var output = events.last().get("response").get("output");
        assertEquals(List.of("reasoning", "message", "reasoning", "message", "message"), StreamSupport.stream(output.spliterator(), false).map(item -> item.get("type").asText()).toList());
        assertEquals(List.of("Hm. ", "So. ", "Wait. ", "No. ", "I may not."), StreamSupport.stream(output.spliterator(), false)
                .map(item -> item.at("/content/0/text").asText(item.at("/content/0/refusal").asText())).toList());
        assertEquals("Hm. So. Wait. No. I may not.", events.text());
    }

    @Test
    void a_function_call_is_an_item_and_its_output_goes_back_to_the_model() {
        var tools = Client.json("[{\"type\":\"function\",\"name\":\"weather\",\"parameters\":{\"type\":\"object\"}}]");
        model.next(wire -> wire.stream()
                .event(call("{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\": \"}}"))
                .event(call("{\"index\":0,\"function\":{\"arguments\":\"\\\"Bern\\\"}\"}}")).finish("tool_calls").done());
        var response = Response.background(client, Response.asked("m", "How is it in Bern?").set("tools", tools));
        var events = response.read("");
        assertEquals(List.of("response.created", "response.in_progress", "response.output_item.added", "response.function_call_arguments.done", "response.output_item.done",
                "response.completed"), events.types());
        assertEquals("{\"city\": \"Bern\"}", events.text());
        var item = events.last().at("/response/output/0");
        assertEquals(List.of("function_call", "call_1", "weather", "{\"city\": \"Bern\"}"),
                List.of(item.get("type").asText(), item.get("call_id").asText(), item.get("name").asText(), item.get("arguments").asText()));

        var output = Client.json("[{\"type\":\"function_call_output\",\"call_id\":\"call_1\",\"output\":\"12 degrees\"}]");
        var next = Response.asked("text:1", "").put("previous_response_id", response.id());
        next.set("input", output);
        client.post("/v1/responses", next);
        assertEquals(Client.json("""
                [{"role":"user","content":"How is it in Bern?"},
                 {"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\\"city\\": \\"Bern\\"}"}}]},
                 {"role":"tool","tool_call_id":"call_1","content":"12 degrees"}]"""), model.questions().getLast().body().get("messages"));
    }

    private static String call(String piece) {
        return "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[" + piece + "]}}]}";
    }

    /// As OpenAI wants it. Who goes on without it on the page has not called the function, and model servers refuse a call without an output.
    @Test
    void a_call_needs_its_output_and_an_output_its_call_except_on_the_page_where_the_call_is_not_told_to_the_model() {
        model.next(wire -> wire.stream().event(call("{\"index\":0,\"id\":\"call_1\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}")).finish("tool_calls").done());
        var response = answered("m", "hello");
        var next = Response.asked("text:1", "never mind").put("previous_response_id", response.get("id").asText());
        for (var other : List.of(next, Response.asked("text:1", "never mind").set("conversation", response.get("conversation")), output(next, "call_2"))) {
            assertEquals("input", openAiError(400, client.post("/v1/responses", other)).get("param").asText());
        }
        assertEquals(1, model.questions().size());
        var chat = Client.json(client.get("/api/chats")).at("/chats/0/id").asText();
        client.whole(Client.sent(client.post("/api/chat", Client.object().put("chat", chat).put("prompt", "never mind").put("model", "text:1"))));
        assertEquals(List.of("user: hello", "user: never mind"), said(model.questions().getLast()));
        assertEquals(200, client.post("/v1/responses", output(next, "call_1")).statusCode());
        var later = Client.json(client.post("/v1/responses", output(next, "call_1"))).get("id").asText();
        assertEquals(200, client.post("/v1/responses", output(next, "call_1").put("previous_response_id", later)).statusCode(), "a call long before");
    }

    private static com.fasterxml.jackson.databind.node.ObjectNode output(com.fasterxml.jackson.databind.node.ObjectNode next, String call) {
        return next.deepCopy().set("input", Client.json("[{\"type\":\"function_call_output\",\"call_id\":\"" + call + "\",\"output\":\"x\"}]"));
    }

    @Test
    void a_reader_that_leaves_cancels_the_response() throws Exception {
        model.next(Scenarios.silence(3));
        String id;
        try (var reader = client.reading(Response.open(client, Response.asked("m", "hello")))) {
            id = Response.read(reader, 5).all().getFirst().at("/response/id").asText();
        }
        model.questions().getLast().awaitHangUp();
        var response = new Response(client, id);
        Eventually.holds(() -> response.status().equals("cancelled"));
    }

    @Test
    void a_retry_outlives_the_connection_that_it_replaces_and_only_the_last_one_that_leaves_cancels() throws Exception {
        var script = model.script();
        var asked = Response.asked("m", "hello");
        try (var retry = retried(script, asked)) {
            Eventually.holds(() -> server.web().readers() == 1);
            Eventually.sleep(300);
            script.send("and some words more");
            assertTrue(Response.read(retry, 1).text().startsWith("Half "));
            assertFalse(script.awaitAsked().isHungUp());
        }
        script.awaitAsked().awaitHangUp();
    }

    /// The connection of the retry, once the first one was closed.
    private SseReader retried(Script script, ObjectNode asked) {
        try (var first = client.reading(Response.open(client, asked, "Idempotency-Key", "k"))) {
            script.awaitAsked();
            script.send("Half ");
            Response.read(first, 4);
            var retry = client.reading(Response.open(client, asked, "Idempotency-Key", "k"));
            Response.read(retry, 4);
            return retry;
        }
    }

    @Override
    protected String[] settings() {
        return new String[] {"HEARTBEAT", "1"};
    }

    @Test
    void a_reader_that_leaves_what_runs_in_the_background_stops_nothing() {
        var script = model.script();
        String id;
        try (var reader = client.reading(Response.open(client, Response.asked("m", "hello").put("background", true)))) {
            id = Response.read(reader, 1).all().getFirst().at("/response/id").asText();
        }
        Eventually.holds(() -> server.web().readers() == 0);
        script.send("still there");
        script.finish();
        assertEquals("still there", new Response(client, id).read("").text());
    }

    @Test
    void a_response_is_cancelled_once_and_says_so() {
        model.next(Scenarios.silence(3));
        var response = Response.background(client, Response.asked("m", "hello"));
        assertEquals("in_progress", response.status());
        try (var reader = response.reader("")) {
            Response.read(reader, 6);
            for (int i = 0; i < 2; i++) {
                assertEquals("cancelled", Client.json(client.send("POST", response.path() + "/cancel", null)).get("status").asText());
            }
            var events = Response.read(reader, 100);
            assertEquals("response.incomplete", events.last().get("type").asText());
            assertEquals("cancelled", events.last().at("/response/status").asText());
        }
    }

    @Test
    void what_is_not_stored_is_in_no_list_and_gone_afterwards() {
        var before = answered("text:1", "one");
        var script = model.script();
        var body = Response.asked("m", "secret").put("store", false).put("previous_response_id", before.get("id").asText());
        try (var reader = client.reading(Response.open(client, body))) {
            var response = new Response(client, Response.read(reader, 2).all().getFirst().at("/response/id").asText());
            script.send("hidden words ");
            assertEquals("in_progress", response.status());
            script.finish();
            assertEquals("hidden words ", Response.read(reader, 100).text());
            Eventually.holds(() -> client.get(response.path()).statusCode() == 404);
        }
        assertEquals(List.of("user: one", "assistant: word0 ", "user: secret"), said(model.questions().getLast()));
        assertFalse(client.get("/api/chats/" + chats().get(0).get("id").asText()).body().matches("(?s).*(secret|hidden).*"));
        assertEquals(0, server.database().<Integer>read(sql -> sql.list("select 1 from message where content like '%secret%'", _ -> 1).size()));
        assertEquals("word0 ", Response.text(Client.json(client.post("/v1/responses", Response.asked("text:1", "x").put("store", false)))));
    }

    @Test
    void the_same_key_again_is_the_same_response() {
        var body = Response.asked("text:3", "hello");
        var first = client.post("/v1/responses", body, "Idempotency-Key", "k1");
        assertEquals(first.body(), client.post("/v1/responses", body, "Idempotency-Key", "k1").body());
        assertEquals(1, model.questions().size());
        var other = openAiError(409, client.post("/v1/responses", Response.asked("text:3", "bye"), "Idempotency-Key", "k1"));
        assertEquals("id_reused", other.get("code").asText());
        assertEquals("store", openAiError(400, client.post("/v1/responses", body.put("store", false), "Idempotency-Key", "k2")).get("param").asText());
    }

    @Test
    void a_deleted_response_leaves_the_rest_of_its_conversation() {
        var first = answered("text:1", "one");
        var second = Client.json(client.post("/v1/responses", Response.asked("text:1", "two").put("previous_response_id", first.get("id").asText())));
        assertTrue(Client.json(client.send("DELETE", "/v1/responses/" + first.get("id").asText(), null)).get("deleted").asBoolean());
        openAiError(404, client.get("/v1/responses/" + first.get("id").asText()));
        client.post("/v1/responses", Response.asked("text:1", "three").put("previous_response_id", second.get("id").asText()));
        assertEquals(List.of("user: two", "assistant: word0 ", "user: three"), said(model.questions().getLast()));
        client.send("DELETE", "/v1/responses/" + second.get("id").asText(), null);
        assertEquals(1, chats().size());
    }

    @Test
    void a_chat_of_which_nothing_is_left_is_deleted_with_its_last_response_also_while_that_runs() {
        model.next(Scenarios.silence(3));
        var response = Response.background(client, Response.asked("m", "hello"));
        client.send("DELETE", response.path(), null);
        assertEquals(0, chats().size());
        openAiError(404, client.get(response.path()));
    }

    @Test
    void who_waits_for_the_whole_gets_signs_of_life_that_are_no_part_of_it() throws Exception {
        var script = model.script();
        var answer = new java.util.concurrent.CompletableFuture<java.net.http.HttpResponse<String>>();
        Thread.startVirtualThread(() -> answer.complete(client.post("/v1/responses", Response.asked("m", "hello"))));
        script.awaitAsked();
        Thread.sleep(2_500);
        script.send("at last");
        script.finish();
        assertTrue(answer.get().body().startsWith(" "), "white space while it lasts");
        assertEquals("at last", Response.text(Client.json(answer.get())));
    }

    @Test
    void who_leaves_while_it_waits_for_the_whole_cancels_it() throws Exception {
        var script = model.script();
        try (var socket = new java.net.Socket("127.0.0.1", server.port())) {
            var body = Response.asked("m", "hello").toString();
            socket.getOutputStream().write(("POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                    + "\r\n\r\n" + body).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            script.awaitAsked();
        }
        script.awaitAsked().awaitHangUp();
    }

    @Test
    void a_response_that_is_asked_for_again_on_the_page_is_asked_as_the_program_did() {
        var body = Response.asked("length:1", "hello").put("instructions", "Be brief").put("top_p", 0.5);
        var response = new Response(client, Client.json(client.post("/v1/responses", body)).get("id").asText());
        for (var way : List.of("continue", "regenerate")) {
            client.whole(Client.sent(client.send("POST", "/api/replies/" + response.reply() + "/" + way, null)));
            assertEquals("system: Be brief", said(model.questions().getLast()).getFirst());
            assertEquals(0.5, model.questions().getLast().body().get("top_p").asDouble());
        }
    }

    @Test
    void a_long_conversation_can_be_sent_as_a_whole() {
        var input = Client.object().putArray("input");
        for (int i = 0; i < 4_000; i++) {
            input.addObject().put("role", i % 2 == 0 ? "user" : "assistant").put("content", "m" + i);
        }
        input.addObject().put("role", "user").put("content", "last");
        var response = Client.json(client.post("/v1/responses", Response.asked("text:1", "").set("input", input)));
        assertEquals("word0 ", Response.text(response));
        assertEquals(4_001, model.questions().getLast().body().get("messages").size());
        var items = Client.json(client.get("/v1/responses/" + response.get("id").asText() + "/input_items?limit=100"));
        assertEquals(List.of("last", "m3999"), List.of(items.at("/data/0/content/0/text").asText(), items.at("/data/1/content/0/text").asText()));
    }

    @Test
    void curl_goes_on_where_it_was_cut_off() throws Exception {
        var response = Response.background(client, Response.asked("text:50", "hello"));
        response.read("");
        var begun = curl(server.url(response.path() + "?stream=true").toString());
        var cut = begun.substring(0, begun.indexOf("word7"));
        var last = java.util.regex.Pattern.compile("\"sequence_number\":(\\d+),\"delta\"[^\n]*\n\n").matcher(cut).results().toList().getLast().group(1);
        var rest = curl(server.url(response.path() + "?stream=true&starting_after=" + last).toString());
        var deltas = java.util.regex.Pattern.compile("\"delta\":\"([^\"]*)\"");
        var text = java.util.stream.Stream.of(cut.substring(0, cut.lastIndexOf("\n\n")), rest)
                .flatMap(each -> deltas.matcher(each).results()).map(each -> each.group(1)).collect(java.util.stream.Collectors.joining());
        assertEquals(Response.text(response.now()), text);
    }

    private static String curl(String... args) throws Exception {
        var command = new java.util.ArrayList<>(List.of("curl", "-sN"));
        command.addAll(List.of(args));
        return new String(new ProcessBuilder(command).start().getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static com.fasterxml.jackson.databind.node.ObjectNode referring(String input) {
        return Response.asked("text:1", "").set("input", Client.json(input));
    }

    private JsonNode called() {
        model.next(wire -> wire.stream().reasoning("Hm. ").delta("I look. ")
                .event(call("{\"index\":0,\"id\":\"call_1\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}")).finish("tool_calls").done());
        return answered("m", "hello");
    }

    @Test
    void an_item_of_a_stored_response_can_be_referred_to_by_its_id() {
        var output = called().get("output");
        var ids = StreamSupport.stream(output.spliterator(), false).map(item -> item.get("id").asText()).toList();
        var whole = answered("text:1", "Who?");
        var asked = Client.json(client.get("/v1/responses/" + whole.get("id").asText() + "/input_items")).at("/data/0/id").asText();
        var next = Client.json(client.post("/v1/responses", referring("""
                [{"type":"item_reference","id":"%s"},{"role":"user","content":"hello"},{"id":"%s"},{"type":null,"id":"%s"},{"type":"item_reference","id":"%s"},
                 {"type":"function_call_output","call_id":"call_1","output":"12"}]""".formatted(asked, ids.get(0), ids.get(1), ids.get(2)))));
        assertEquals("completed", next.path("status").asText(), next::toString);
        assertEquals(Client.json("""
                [{"role":"user","content":"Who?"},{"role":"user","content":"hello"},
                 {"role":"assistant","content":"I look. ","tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{}"}}]},
                 {"role":"tool","tool_call_id":"call_1","content":"12"}]"""), model.questions().getLast().body().get("messages"));
    }

    @ParameterizedTest
    @CsvSource({"previous_response_id,/id", "conversation,/conversation/id"})
    void a_reference_to_what_the_conversation_has_anyway_says_nothing_twice(String field, String at) {
        var response = called();
        var output = response.get("output");
        client.post("/v1/responses", referring("""
                [{"type":"item_reference","id":"%s"},{"type":"item_reference","id":"%s"},{"type":"item_reference","id":"%s"},
                 {"type":"function_call_output","call_id":"call_1","output":"12"}]""".formatted(output.at("/0/id").asText(), output.at("/1/id").asText(),
                output.at("/2/id").asText())).put(field, response.at(at).asText()));
        assertEquals(Client.json("""
                [{"role":"user","content":"hello"},
                 {"role":"assistant","content":"I look. ","tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{}"}}]},
                 {"role":"tool","tool_call_id":"call_1","content":"12"}]"""), model.questions().getLast().body().get("messages"));
    }

    @Test
    void what_an_input_referred_to_is_said_once_also_by_who_goes_on_from_it() {
        var item = called().get("output").get(1);
        var id = item.get("id").asText();
        var referring = referring("[{\"role\":\"user\",\"content\":\"hello\"},{\"id\":\"" + id + "\"},{\"role\":\"user\",\"content\":\"Go\"}]");
        var second = Client.json(client.post("/v1/responses", referring.deepCopy()));
        assertEquals(id, Client.json(client.get("/v1/responses/" + second.get("id").asText() + "/input_items?order=asc")).at("/data/1/id").asText());
        client.post("/v1/responses", referring.put("previous_response_id", second.get("id").asText()));
        assertEquals(List.of("user: hello", "assistant: I look. ", "user: Go", "assistant: word0 ", "user: hello", "user: Go"), said(model.questions().getLast()));
    }

    @Test
    void a_reference_to_no_item_is_404_and_one_that_is_there_twice_is_refused() {
        var response = answered("text:1", "hello");
        var id = response.at("/output/0/id").asText();
        var unstored = Client.json(client.post("/v1/responses", Response.asked("text:1", "x").put("store", false))).at("/output/0/id").asText();
        int asked = model.questions().size();
        for (var wrong : List.of("msg_x", id.replaceFirst("_0$", "_1"), id.replaceFirst("_0$", "_00"), id.replace("msg", "rs"), id.replace("_0", ""), id + "999999999999", unstored)) {
            var error = openAiError(404, client.post("/v1/responses", referring("[{\"role\":\"user\",\"content\":\"x\"},{\"type\":\"item_reference\",\"id\":\"" + wrong + "\"}]")));
            assertTrue(error.get("message").asText().startsWith("Item with id '" + wrong + "' not found."), error::toString);
            assertEquals("input", error.get("param").asText());
        }
        var twice = "[{\"type\":\"item_reference\",\"id\":\"%s\"},{\"type\":\"item_reference\",\"id\":\"%s\"}]".formatted(id, id);
        assertTrue(openAiError(400, client.post("/v1/responses", referring(twice))).get("message").asText().startsWith("Duplicate item found"));
        for (var item : List.of("{\"type\":\"item_reference\"}", "{\"type\":\"item_reference\",\"id\":5}", "{\"type\":\"item_reference\",\"id\":\"" + id + "\",\"x\":1}")) {
            openAiError(400, client.post("/v1/responses", referring("[" + item + "]")));
        }
        assertEquals(asked, model.questions().size());
    }
}
