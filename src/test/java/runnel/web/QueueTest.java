package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client;
import runnel.Server;
import runnel.faults.Crash;
import runnel.faults.Eventually;
import runnel.upstream.openai.Scenarios;
import runnel.upstream.openai.Script;

class QueueTest extends WebTest {
    private static final byte[] DOT = java.util.Base64.getDecoder().decode(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    @TempDir
    Path crashed;

    private String queued(Client.Sent chat, String prompt) {
        var answer = queue(chat, prompt);
        assertEquals(201, answer.statusCode(), answer.body());
        return Client.json(answer).get("id").asText();
    }

    private HttpResponse<String> send(Client.Sent chat, String id) {
        return client.send("POST", "/api/chats/" + chat.chat() + "/queue/" + id + "/send", null);
    }

    private List<String> waiting(Client.Sent chat) {
        return waiting(client, chat);
    }

    private static List<String> waiting(Client client, Client.Sent chat) {
        return Client.json(client.get("/api/chats/" + chat.chat() + "/queue")).get("queued").findValuesAsText("prompt");
    }

    private static List<JsonNode> messages(Client client, Client.Sent chat) {
        var all = new ArrayList<JsonNode>();
        Client.json(client.get("/api/chats/" + chat.chat())).get("messages").forEach(all::add);
        return all;
    }

    /// What stands in the chat, once nothing runs there any more and so many messages are there.
    private static String said(Client client, Client.Sent chat, int messages) {
        Eventually.holds(() -> messages(client, chat).size() == messages
                && messages(client, chat).stream().noneMatch(each -> each.get("status").asText().equals("streaming")));
        return String.join(" ", messages(client, chat).stream().map(each -> each.get("content").asText().strip()).toList());
    }

    private Client.Sent running(Script script) {
        model.next(script);
        var sent = client.ask("one", "m");
        script.awaitAsked();
        return sent;
    }

    @Test
    void what_waits_is_sent_in_its_order_each_behind_the_complete_reply_before_it() {
        var script = new Script();
        var chat = running(script);
        queued(chat, "two");
        queued(chat, "three");
        assertEquals(List.of("two", "three"), waiting(chat));
        assertEquals(1, model.questions().size());
        problem(409, client.post("/api/chat", Client.object().put("prompt", "no").put("chat", chat.chat())));

        model.next(Scenarios.deltas("b"), Scenarios.deltas("c"));
        script.send("a").finish();
        assertEquals("one a two b three c", said(client, chat, 6));
        assertEquals(List.of(), waiting(chat));
        assertEquals(3, model.questions().size());
        var all = messages(client, chat);
        for (int i = 1; i < all.size(); i++) {
            assertEquals(all.get(i - 1).get("id"), all.get(i).get("parent"));
        }
        assertEquals("m", all.get(5).get("model").asText());
    }

    @Test
    void where_nothing_runs_and_the_last_reply_is_complete_it_is_sent_at_once() {
        var chat = client.ask("one", "text:1");
        client.whole(chat);
        queued(chat, "two");
        assertEquals("one word0 two word0", said(client, chat, 4));
    }

    @Test
    void behind_a_reply_that_failed_or_was_stopped_it_waits_for_a_person() {
        for (boolean stops : new boolean[] {true, false}) {
            var script = new Script();
            var chat = running(script);
            var id = queued(chat, "two");
            if (stops) {
                script.send("a");
                client.send("POST", "/api/replies/" + chat.reply() + "/stop", null);
            } else {
                script.last(wire -> wire.cut());
            }
            assertTrue(said(client, chat, 2).startsWith("one"));
            Eventually.sleep(300);
            assertEquals(List.of("two"), waiting(chat));
            model.next(Scenarios.deltas("b"));
            assertEquals(201, send(chat, id).statusCode());
            assertTrue(said(client, chat, 4).endsWith("two b"));
        }
    }

    @Test
    void the_next_complete_reply_in_the_chat_sends_what_waits() {
        var script = new Script();
        var chat = running(script);
        queued(chat, "two");
        script.cut();
        said(client, chat, 2);
        model.next(Scenarios.deltas("a"), Scenarios.deltas("b"));
        client.send("POST", "/api/replies/" + chat.reply() + "/regenerate", null);
        assertTrue(said(client, chat, 5).endsWith("a two b"));
    }

    @Test
    void sent_now_it_stops_the_reply_that_runs_and_is_asked_once_however_often_it_is_sent() throws Exception {
        var script = new Script();
        var chat = running(script);
        var later = queued(chat, "later");
        var id = queued(chat, "now");
        model.next(Scenarios.deltas("n"), Scenarios.deltas("l"));
        var answers = atOnce(8, () -> send(chat, id));
        assertEquals(1, answers.stream().filter(answer -> answer.statusCode() == 201).count());
        assertEquals(7, answers.stream().filter(answer -> answer.statusCode() == 200).count());
        assertEquals(1, new HashSet<>(answers.stream().map(Client::sent).toList()).size());
        assertEquals("one now n later l", said(client, chat, 6).replaceAll("\\s+", " "));
        assertEquals("stopped", messages(client, chat).get(1).get("status").asText());
        assertEquals(3, model.questions().size());
        assertEquals(200, send(chat, later).statusCode());
        assertEquals(3, model.questions().size());
    }

    @Test
    void different_ones_that_are_sent_now_at_the_same_time_are_each_asked_once_or_still_wait() throws Exception {
        var script = new Script();
        var chat = running(script);
        var ids = IntStream.range(0, 6).mapToObj(i -> queued(chat, "p" + i)).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ids.forEach(id -> threads.submit(() -> send(chat, id)));
        }
        Eventually.holds(() -> messages(client, chat).stream().noneMatch(each -> each.get("status").asText().equals("streaming"))
                && messages(client, chat).size() + 2 * waiting(chat).size() == 14);
        var prompts = messages(client, chat).stream().filter(each -> each.get("role").asText().equals("user")).map(each -> each.get("content").asText()).toList();
        assertEquals(prompts.size(), new HashSet<>(prompts).size());
        assertTrue(model.questions().size() <= 7);
    }

    @Test
    void the_same_id_waits_once_and_is_sent_once_also_long_afterwards() throws Exception {
        var script = new Script();
        var chat = running(script);
        var body = Client.object().put("prompt", "two").put("id", UUID.randomUUID().toString());
        var path = "/api/chats/" + chat.chat() + "/queue";
        var statuses = atOnce(8, () -> client.post(path, body)).stream().map(HttpResponse::statusCode).sorted().toList();
        assertEquals(List.of(200, 200, 200, 200, 200, 200, 200, 201), statuses);
        problem(409, client.post(path, body.deepCopy().put("prompt", "other")));
        script.send("a").finish();
        said(client, chat, 4);
        var again = client.post(path, body);
        assertEquals(200, again.statusCode());
        assertEquals(messages(client, chat).get(3).get("id"), Client.json(again).get("reply"));
        problem(409, client.post(path, body.deepCopy().put("prompt", "other")));
        problem(409, client.post("/api/chat", body));
        assertEquals(2, model.questions().size());
    }

    @Test
    void it_can_be_changed_and_removed_until_it_is_sent() {
        var script = new Script();
        var chat = running(script);
        var path = "/api/chats/" + chat.chat() + "/queue/";
        var id = queued(chat, "two");
        var gone = queued(chat, "three");
        assertEquals(200, client.send("PATCH", path + id, "{\"prompt\":\" better \"}", "Content-Type", "application/json").statusCode());
        problem(422, client.send("PATCH", path + id, "{\"prompt\":\" \"}", "Content-Type", "application/json"));
        assertEquals(204, client.send("DELETE", path + gone, null).statusCode());
        problem(404, client.send("DELETE", path + gone, null));
        problem(404, send(chat, gone));
        script.send("a").finish();
        assertEquals("one a better word0 word1 word2", said(client, chat, 4));
        problem(404, client.send("PATCH", path + id, "{\"prompt\":\"late\"}", "Content-Type", "application/json"));
    }

    @Test
    void only_so_many_wait() {
        var chat = running(new Script());
        for (int i = 0; i < 20; i++) {
            queued(chat, "p" + i);
        }
        problem(409, queue(chat, "one more"));
        var other = running(new Script());
        for (int i = 0; i < 4; i++) {
            queued(other, "x".repeat(1_000_000));
        }
        problem(409, queue(other, "y"));
        problem(422, queue(other, ""));
        problem(404, client.post("/api/chats/" + NOWHERE + "/queue", Client.object().put("prompt", "x")));
        client.send("DELETE", "/api/chats/" + other.chat(), null);
        assertEquals(20L, (long) server.database().read(sql -> sql.number("select count(*) from queued_prompt")));
    }

    @Test
    void what_waits_survives_a_crash_and_is_not_sent_behind_a_reply_that_it_cut_off() {
        var script = new Script();
        var chat = running(script);
        var id = queued(chat, "two");
        script.send("a");
        try (var next = Server.start(Crash.dataOf(server, crashed))) {
            Eventually.sleep(300);
            assertEquals(List.of("two"), waiting(next.client(), chat));
            assertEquals(0, next.upstream().questions().size());
            assertEquals(201, next.client().send("POST", "/api/chats/" + chat.chat() + "/queue/" + id + "/send", null).statusCode());
            assertTrue(said(next.client(), chat, 4).endsWith("two word0 word1 word2"));
            assertEquals(1, next.upstream().questions().size());
        }
    }

    @Test
    void what_was_due_when_the_server_ended_is_sent_by_the_next_start_and_once() {
        var chat = client.ask("one", "text:1");
        client.whole(chat);
        server.database().write(sql -> sql.update("insert into queued_prompt (chat, id, prompt, fingerprint, behind, created) values (?, ?, 'two', 'x', ?, 0)",
                chat.chat(), UUID.randomUUID().toString(), chat.reply()));
        server.restart();
        assertEquals("one word0 two word0", said(client, chat, 4));
        server.restart();
        Eventually.sleep(200);
        assertEquals(2, model.questions().size());
        assertEquals(4, messages(client, chat).size());
    }

    @Test
    void a_reply_that_goes_on_after_a_crash_sends_what_waits_behind_it() {
        var script = new Script();
        var chat = running(script);
        queued(chat, "two");
        script.send("a");
        try (var next = Server.start(Crash.dataOf(server, crashed), "CONTINUE_INTERRUPTED", "true")) {
            said(next.client(), chat, 4);
            assertEquals(2, next.upstream().questions().size());
        }
    }

    private static <T> List<T> atOnce(int count, Callable<T> act) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, count).mapToObj(_ -> threads.submit(act)).toList();
            var results = new ArrayList<T>();
            for (Future<T> each : all) {
                results.add(each.get());
            }
            return results;
        }
    }

    private String upload(String name, byte[] content) {
        return Client.json(client.upload(name, content)).get("id").asText();
    }

    private HttpResponse<String> queue(Client.Sent chat, String prompt, String... files) {
        var body = Client.object().put("prompt", prompt);
        List.of(files).forEach(body.putArray("attachments")::add);
        return client.post("/api/chats/" + chat.chat() + "/queue", body);
    }

    private long uploads() {
        return server.database().read(sql -> sql.number("select count(*) from upload"));
    }

    @Test
    void files_wait_with_their_prompt_and_go_with_it() {
        var script = new Script();
        var chat = running(script);
        var file = upload("notes.txt", "the notes".getBytes(StandardCharsets.UTF_8));
        assertEquals("notes.txt", Client.json(queue(chat, "two", file)).get("attachments").get(0).get("name").asText());
        problem(409, client.send("DELETE", "/api/uploads/" + file, null));
        script.send("a").finish();
        assertTrue(said(client, chat, 4).startsWith("one a two"));
        assertEquals(file, messages(client, chat).get(2).get("attachments").get(0).get("id").asText());
        assertTrue(model.questions().get(1).lastContent().contains("the notes"));
        assertEquals(1, uploads());
    }

    @Test
    void files_that_are_not_there_or_not_seen_are_refused_and_those_of_a_removed_prompt_go() {
        var chat = running(new Script());
        var image = upload("dot.png", DOT);
        for (var wrong : new String[] {NOWHERE, image}) {
            assertEquals("attachments", problem(422, queue(chat, "two", wrong)).get("errors").get(0).get("field").asText());
        }
        var id = Client.json(queue(chat, "two", upload("a.txt", new byte[] {'a'}))).get("id").asText();
        assertEquals(2, uploads());
        assertEquals(204, client.send("DELETE", "/api/chats/" + chat.chat() + "/queue/" + id, null).statusCode());
        assertEquals(1, uploads());
        assertEquals(1, server.data().resolve("uploads").toFile().list().length, "its file is off the disk");
        queue(chat, "three", upload("b.txt", new byte[] {'b'}));
        client.send("DELETE", "/api/chats/" + chat.chat(), null);
        assertEquals(1, uploads(), "only the image is left, which is nobody's");
    }

    @Test
    void one_whose_files_its_model_cannot_be_given_any_more_is_passed_over_and_told() {
        var script = new Script();
        var chat = running(script);
        var id = Client.json(queue(chat, "two", upload("a.txt", new byte[] {'a'}))).get("id").asText();
        queued(chat, "three");
        var image = upload("dot.png", DOT);
        server.database().write(sql -> sql.update("update queued_file set upload = ? where prompt = ?", image, id));
        problem(422, client.send("PATCH", "/api/chats/" + chat.chat() + "/queue/" + id, "{\"prompt\":\"x\"}", "Content-Type", "application/json"));
        model.next(Scenarios.deltas("c"));
        script.send("a").finish();
        assertEquals("one a three c", said(client, chat, 4));
        Eventually.holds(() -> Client.json(client.get("/api/chats/" + chat.chat() + "/queue")).at("/queued/0/unfit").asBoolean());
        assertEquals(List.of("two"), waiting(chat));
        assertTrue(server.log().contains("cannot see images"), server::log);
    }

    @Test
    void other_devices_are_told() {
        var chat = running(new Script());
        long before = server.database().read(sql -> sql.number("select count(*) from notification"));
        queued(chat, "two");
        assertEquals(before + 1, (long) server.database().read(sql -> sql.number("select count(*) from notification")));
        assertFalse(waiting(chat).isEmpty());
    }
}
