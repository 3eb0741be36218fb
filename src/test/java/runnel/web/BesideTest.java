package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client;
import runnel.Server;
import runnel.faults.Crash;
import runnel.faults.Eventually;
import runnel.upstream.openai.Scenarios;
import runnel.upstream.openai.Script;

/// Several models that answer one prompt at the same time.
class BesideTest extends WebTest {
    @TempDir
    Path crashed;
    /// By the name of the model that plays it.
    private final Map<String, Script> scripts = new HashMap<>();

    private static ObjectNode prompt(String... models) {
        var body = Client.object().put("prompt", "hello");
        List.of(models).forEach(body.putArray("models")::add);
        return body;
    }

    private HttpResponse<String> ask(JsonNode body, String... headers) {
        return client.post("/api/chat", body, headers);
    }

    /// Which model is asked first is not known.
    private JsonNode running(String... models) {
        for (var name : models) {
            scripts.put(name, new Script());
            model.next(wire -> scripts.get(wire.asked().model()).play(wire));
        }
        var answer = ask(prompt(models));
        assertEquals(201, answer.statusCode(), answer.body());
        scripts.values().forEach(Script::awaitAsked);
        return Client.json(answer);
    }

    private static String reply(JsonNode ids, int place) {
        return ids.get("replies").get(place).get("reply").asText();
    }

    private static List<JsonNode> messages(Client client, JsonNode ids) {
        var all = new ArrayList<JsonNode>();
        Client.json(client.get("/api/chats/" + ids.get("chat").asText())).get("messages").forEach(all::add);
        return all;
    }

    private JsonNode message(String id, JsonNode ids) {
        return messages(client, ids).stream().filter(each -> each.get("id").asText().equals(id)).findFirst().orElseThrow();
    }

    private String status(JsonNode ids, int place) {
        return message(reply(ids, place), ids).get("status").asText();
    }

    private HttpResponse<String> regenerate(String reply, String with) {
        return client.post("/api/replies/" + reply + "/regenerate", Client.object().put("model", with));
    }

    private void queue(JsonNode ids, String text) {
        assertEquals(201, client.post("/api/chats/" + ids.get("chat").asText() + "/queue", Client.object().put("prompt", text)).statusCode());
    }

    private static <T> List<T> atOnce(List<Callable<T>> acts) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(acts).stream().map(each -> each.resultNow()).toList();
        }
    }

    @Test
    void one_prompt_has_a_reply_of_each_model_and_each_is_a_stream_of_its_own() {
        var ids = running("a", "b");
        assertEquals(5, ids.size());
        assertEquals(ids.get("reply"), ids.get("replies").get(0).get("reply"));
        assertEquals(ids.get("sse"), ids.get("replies").get(0).get("sse"));
        assertEquals(List.of("a", "b"), ids.get("replies").findValuesAsText("model"));

        scripts.get("b").send("of b").finish();
        scripts.get("a").send("of a").finish();
        for (var each : ids.get("replies")) {
            var sent = new Client.Sent("", "", "", each.get("sse").asText());
            assertEquals("of " + each.get("model").asText(), client.whole(sent).content());
        }
        var all = messages(client, ids);
        assertEquals(3, all.size());
        all.stream().skip(1).forEach(each -> assertEquals(ids.get("message"), each.get("parent")));
        assertEquals(ids.get("reply"), all.getLast().get("id"), "what is gone on from is the reply of the first model");
        assertEquals("a", Client.json(client.get("/api/chats/" + ids.get("chat").asText())).get("model").asText());
    }

    @Test
    void the_same_send_is_one_question_to_each_model_however_often_it_comes() throws Exception {
        var body = prompt("text:1", "text:2", "text:3").put("id", UUID.randomUUID().toString());
        var answers = atOnce(IntStream.range(0, 30).<Callable<HttpResponse<String>>>mapToObj(_ -> () -> ask(body)).toList());

        assertEquals(1, answers.stream().map(HttpResponse::body).distinct().count());
        assertEquals(1, answers.stream().filter(answer -> answer.statusCode() == 201).count());
        var ids = Client.json(answers.getFirst());
        Eventually.holds(() -> messages(client, ids).stream().allMatch(each -> each.get("status").asText().equals("complete")));
        assertEquals(List.of("text:1", "text:2", "text:3"), model.questions().stream().map(each -> each.model()).sorted().toList());
        assertEquals(ids, Client.json(ask(body)));
        problem(409, ask(prompt("text:1", "text:2").put("id", body.get("id").asText())));
        problem(409, ask(prompt("text:2", "text:1", "text:3").put("id", body.get("id").asText())));
    }

    @Test
    void each_is_stopped_by_itself() {
        var ids = running("a", "b");
        assertEquals(200, client.send("POST", "/api/replies/" + reply(ids, 0) + "/stop", null).statusCode());
        assertEquals("stopped", status(ids, 0));
        assertEquals("streaming", status(ids, 1));
        scripts.get("b").send("whole").finish();
        Eventually.holds(() -> status(ids, 1).equals("complete"));
    }

    @Test
    void another_prompt_has_to_wait_for_all_of_them() {
        var ids = running("a", "b");
        var more = Client.object().put("prompt", "more").put("chat", ids.get("chat").asText());
        problem(409, ask(more));
        scripts.get("a").send("of a").finish();
        Eventually.holds(() -> status(ids, 0).equals("complete"));
        assertEquals(reply(ids, 1), problem(409, ask(more)).get("reply").asText());
        problem(409, ask(more.deepCopy().set("models", prompt("c", "d").get("models"))));
        scripts.get("b").send("of b").finish();
        Eventually.holds(() -> status(ids, 1).equals("complete"));
        assertEquals(201, ask(more).statusCode());
    }

    @Test
    void another_model_may_join_while_one_answers_and_the_same_may_not() throws Exception {
        var ids = running("a", "b");
        problem(409, regenerate(reply(ids, 0), "a"));
        model.next(Scenarios.silence(1), Scenarios.silence(1), Scenarios.silence(1));
        var wanted = List.of("c", "c", "c", "d", "d", "d", "e", "e", "e");
        var answers = atOnce(wanted.stream().<Callable<Integer>>map(name -> () -> regenerate(reply(ids, 0), name).statusCode()).toList());

        assertEquals(2, answers.stream().filter(status -> status == 201).count(), "four run at most: " + answers);
        assertEquals(7, answers.stream().filter(status -> status == 409).count());
        var running = messages(client, ids).stream().filter(each -> each.get("status").asText().equals("streaming")).toList();
        assertEquals(4, running.stream().map(each -> each.get("model").asText()).distinct().count());
        Eventually.holds(() -> model.questions().size() >= 4); // each is asked behind its answer
        assertEquals(4, model.questions().size());
        assertEquals(204, client.send("DELETE", "/api/chats/" + ids.get("chat").asText(), null).statusCode());
        model.questions().forEach(question -> Eventually.holds(question::isHungUp));
    }

    @Test
    void what_one_says_to_another_prompt_has_to_wait() {
        var first = client.ask("one", "text:1");
        client.whole(first);
        model.next(Scenarios.silence(1));
        client.askIn(first.chat(), "two", "b");
        Eventually.holds(() -> model.questions().size() >= 2); // it is asked behind its answer
        problem(409, regenerate(first.reply(), "c"));
        assertEquals(2, model.questions().size());
    }

    @Test
    void models_are_two_to_four_different_ones_in_place_of_one() {
        var wrong = List.of(prompt(), prompt("a"), prompt("a", "b", "c", "d", "e"), prompt("a", "b", "a"), prompt("a", " a "), prompt("a", ""),
                prompt("a", "b").put("model", "a"), Client.object().put("prompt", "x").put("models", "a,b"),
                Client.object().put("prompt", "x").set("models", Client.object().putArray("x").add("a").add(7)));
        for (var body : wrong) {
            assertEquals("models", problem(422, ask(body)).get("errors").get(0).get("field").asText(), body::toString);
        }
        assertEquals(0, model.questions().size());
        assertEquals(0, Client.json(client.get("/api/chats")).get("chats").size());
    }

    @Test
    void the_stream_that_a_send_is_answered_with_is_that_of_the_first_model() {
        assertEquals("word0 ", ask(prompt("text:1", "text:2"), "Accept", "text/plain").body());
    }

    @Test
    void what_waits_is_sent_once_all_are_done_under_the_first_that_was_complete() {
        var ids = running("a", "b", "c");
        queue(ids, "next");
        scripts.get("a").cut();
        scripts.get("c").send("of c").finish();
        Eventually.holds(() -> status(ids, 2).equals("complete"));
        Eventually.sleep(200);
        assertEquals(3, model.questions().size(), "one of them still runs");
        model.next(Scenarios.deltas("then"));
        client.send("POST", "/api/replies/" + reply(ids, 1) + "/stop", null);
        Eventually.holds(() -> messages(client, ids).getLast().path("content").asText().equals("then"));
        assertEquals(reply(ids, 2), messages(client, ids).get(4).get("parent").asText());
        assertEquals(4, model.questions().size());
    }

    @Test
    void what_waits_goes_on_waiting_where_none_of_them_is_complete() {
        var ids = running("a", "b");
        queue(ids, "next");
        scripts.get("a").cut();
        client.send("POST", "/api/replies/" + reply(ids, 1) + "/stop", null);
        Eventually.sleep(200);
        assertEquals(2, model.questions().size());
    }

    @RepeatedTest(5) // the replies that end and those that begin meet in several ways
    void one_that_is_sent_now_stops_what_runs_and_none_that_waits_before_it() {
        var ids = running("a", "b");
        queue(ids, "first");
        queue(ids, "second");
        scripts.get("a").send("of a").finish();
        Eventually.holds(() -> status(ids, 0).equals("complete"));
        var path = "/api/chats/" + ids.get("chat").asText() + "/queue";
        var second = Client.json(client.get(path)).at("/queued/1/id").asText();
        model.next(Scenarios.deltas("to second"), Scenarios.deltas("to first"));
        assertEquals(201, client.send("POST", path + "/" + second + "/send", null).statusCode());
        Eventually.holds(() -> messages(client, ids).size() == 7 && messages(client, ids).getLast().get("status").asText().equals("complete"));
        assertEquals(List.of("second", "to second", "first", "to first"),
                messages(client, ids).stream().skip(3).map(each -> each.get("content").asText()).toList());
    }

    @Test
    void a_crash_ends_each_with_its_own_text_and_they_go_on_side_by_side() {
        var ids = running("a", "b");
        scripts.get("a").send("text of a");
        scripts.get("b").send("text of b");
        Eventually.holds(() -> server.database().<Long>read(sql -> sql.number("select count(*) from checkpoint")) > 0);
        Eventually.sleep(600);
        try (var next = Server.start(Crash.dataOf(server, crashed))) {
            var left = messages(next.client(), ids).stream().skip(1).toList();
            assertEquals(List.of("text of b", "text of a"), left.stream().map(each -> each.get("content").asText()).toList());
            left.forEach(each -> assertEquals("interrupted", each.get("status").asText()));
            assertEquals(0, next.upstream().questions().size());
            next.upstream().next(Scenarios.silence(1), Scenarios.silence(1));
            for (var each : left) {
                assertEquals(201, next.client().send("POST", "/api/replies/" + each.get("id").asText() + "/continue", null).statusCode());
            }
            assertEquals(2, messages(next.client(), ids).stream().filter(each -> each.get("status").asText().equals("streaming")).count());
        }
    }

    @Test
    void a_link_shows_one_of_them_and_is_live_while_that_runs() {
        var ids = running("a", "b");
        scripts.get("b").send("secret of b");
        var made = client.send("PUT", "/api/chats/" + ids.get("chat").asText() + "/share", "{}", "Content-Type", "application/json");
        var url = Client.json(made).get("url").asText();
        var shared = client.get("/api/shares/" + url.substring(url.lastIndexOf('/') + 1)).body();
        assertTrue(shared.contains(reply(ids, 0)) && !shared.contains(reply(ids, 1)) && !shared.contains("secret"), shared);
    }

    @Test
    void the_database_itself_refuses_what_would_answer_two_prompts_at_once() {
        var ids = running("a", "b");
        for (var parent : new String[] {"other", null}) {
            var refused = org.junit.jupiter.api.Assertions.assertThrows(RuntimeException.class, () -> server.database().write(sql -> sql.update(
                    "insert into message (id, chat, parent, role, content, status, model, created) values ('x', ?, ?, 'assistant', '', 'streaming', 'c', 0)",
                    ids.get("chat").asText(), java.util.Optional.ofNullable(parent))));
            assertTrue(refused.getClass().getSimpleName().startsWith("Store"), refused::toString);
        }
    }
}
