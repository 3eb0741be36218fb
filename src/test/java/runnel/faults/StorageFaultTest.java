package runnel.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client;
import runnel.Client.Sent;
import runnel.Follower;
import runnel.Server;
import runnel.store.StoreException;

/// The disk is full, the database locked or not writable: nothing is asked that cannot be kept, nothing is said that is not
/// so, and all is well again by itself.
class StorageFaultTest {
    private static final String LONG = "long ".repeat(20_000);

    @TempDir
    Path data;
    Server server;
    Client client;

    @BeforeEach
    void start() {
        server = Server.start(data);
        client = server.client();
        client.whole(client.ask("Something that fills a page or two. ".repeat(500), "text:3"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_prompt_that_finds_no_room_is_refused_before_the_model_is_asked_and_leaves_no_trace() {
        long asked = questions();
        String before = client.get("/api/chats").body();
        try (var _ = FullDisk.under(server.database())) {
            assertRefused(client.post("/api/chat", prompt()));
            assertEquals(before, client.get("/api/chats").body());
        }
        assertEquals(asked, questions());
    }

    @Test
    void the_same_send_works_once_there_is_room() {
        var send = prompt().put("id", UUID.randomUUID().toString());
        try (var _ = FullDisk.under(server.database())) {
            assertRefused(client.post("/api/chat", send));
        }
        var answer = client.post("/api/chat", send);
        assertEquals(201, answer.statusCode());
        assertEquals("complete", client.whole(Client.sent(answer)).status());
    }

    @Test
    void a_running_reply_still_reaches_its_readers_on_a_full_disk_and_is_whole_if_there_is_room_in_time() {
        var script = server.upstream().script();
        var sent = client.ask("Go", "scripted");
        try (var _ = FullDisk.under(server.database())) {
            script.send(LONG);
            assertContentComes(sent, LONG);
            Eventually.sleep(500); // checkpoints fail meanwhile
        }
        script.send("end").finish();
        assertEquals("complete", client.whole(sent).status());
        assertEquals(LONG + "end", client.message(sent).get("content").asText());
    }

    @Test
    void a_reply_that_ends_on_a_full_disk_says_that_it_is_not_stored_and_is_stored_later_as_it_was_told() {
        var script = server.upstream().script();
        var sent = client.ask("Go", "scripted");
        Follower told;
        try (var _ = FullDisk.under(server.database())) {
            script.send(LONG).finish();
            told = client.whole(sent);
            assertEquals(LONG, told.content());
            assertEquals("failed", told.status());
            assertEquals("urn:runnel:not-stored", told.stop().at("/error/type").asText());
        }
        Eventually.holds(() -> client.message(sent).get("status").asText().equals("failed"));
        server.restart();
        assertEquals(LONG, client.whole(sent).content());
        assertEquals(told.stop(), client.whole(sent).stop());
    }

    @Test
    void one_write_without_room_does_not_take_others_with_it() {
        var script = server.upstream().script();
        var sent = client.ask("Go", "scripted");
        script.send("short");
        try (var _ = FullDisk.under(server.database())) {
            var refusals = IntStream.range(0, 20)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(() -> client.post("/api/chat", prompt()))).toList();
            script.finish();
            assertEquals("complete", client.whole(sent).status());
            refusals.forEach(refusal -> assertRefused(refusal.join()));
        }
    }

    @Test
    void a_chat_whose_texts_cannot_be_overwritten_now_is_deleted_and_its_reply_stopped() throws Exception {
        var old = client.ask("Old", "text:3");
        client.whole(old);
        server.upstream().script();
        client.askIn(old.chat(), "Go", "scripted");
        server.database().write(sql -> sql.update("""
                create trigger kept before delete on message when old.status = 'complete' begin select raise(abort, 'a test'); end"""));

        assertEquals(204, client.send("DELETE", "/api/chats/" + old.chat(), null).statusCode());
        server.upstream().questions().getLast().awaitHangUp();
        assertEquals(404, client.get("/api/chats/" + old.chat()).statusCode());
        server.database().write(sql -> sql.update("drop trigger kept"));
    }

    @Test
    void readiness_tells_of_a_full_disk_and_of_its_end_while_the_process_counts_as_alive() {
        try (var _ = FullDisk.under(server.database())) {
            client.post("/api/chat", prompt());
            assertRefused(client.get("/ready"));
            assertEquals(200, client.get("/health").statusCode());
        }
        assertEquals(200, client.get("/ready").statusCode());
    }

    @Test
    void what_is_stored_can_be_read_on_a_full_disk() {
        var sent = client.ask("Before", "text:3");
        var whole = client.whole(sent);
        try (var _ = FullDisk.under(server.database())) {
            client.post("/api/chat", prompt());
            assertEquals(whole.content(), client.whole(sent).content());
            assertEquals(200, client.get("/api/chats").statusCode());
        }
    }

    @Test
    void a_database_that_cannot_be_written_refuses_prompts_and_recovers_by_itself() {
        long asked = questions();
        try (var _ = UnwritableDatabase.of(server.database())) {
            assertRefused(client.post("/api/chat", prompt()));
            assertRefused(client.get("/ready"));
        }
        assertEquals(200, client.get("/ready").statusCode());
        assertEquals(asked, questions());
        assertEquals(201, client.post("/api/chat", prompt()).statusCode());
    }

    @Test
    void a_lock_that_is_held_for_a_moment_only_delays() {
        var answer = CompletableFuture.supplyAsync(() -> client.post("/api/chat", prompt()));
        try (var _ = LockedDatabase.in(data)) {
            Eventually.sleep(1_500);
        }
        assertEquals(201, answer.join().statusCode());
    }

    @Test
    void a_lock_that_is_held_for_long_refuses_prompts_while_running_replies_go_on() {
        var script = server.upstream().script();
        var sent = client.ask("Go", "scripted");
        try (var _ = LockedDatabase.in(data)) {
            assertRefused(client.post("/api/chat", prompt()));
            script.send("still here");
            assertContentComes(sent, "still here");
        }
        script.finish();
        assertEquals("complete", client.whole(sent).status());
        assertEquals("still here", client.message(sent).get("content").asText());
    }

    @Test
    void what_people_write_is_not_repeated_in_the_log_when_it_cannot_be_stored() {
        try (var _ = FullDisk.under(server.database())) {
            var refused = assertThrows(StoreException.class, () -> server.database().write(sql ->
                    sql.update("insert into ballast values (?)", "hush-" + LONG)));
            var log = new StringWriter();
            refused.printStackTrace(new PrintWriter(log));
            assertFalse(log.toString().contains("hush"), log.toString());
        }
    }

    private void assertContentComes(Sent sent, String content) {
        var follower = new Follower();
        try (var reader = client.read(sent)) {
            while (follower.content().length() < content.length()) {
                follower.take(reader.next().orElseThrow());
            }
        }
        assertEquals(content, follower.content());
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertEquals(503, answer.statusCode(), answer.body());
        assertEquals("application/problem+json", answer.headers().firstValue("Content-Type").orElse(""));
        assertTrue(answer.headers().firstValue("Retry-After").isPresent());
        assertEquals("urn:runnel:store-refused", Client.json(answer).get("type").asText());
    }

    private static ObjectNode prompt() {
        return Client.object().put("prompt", LONG).put("model", "text:3");
    }

    private long questions() {
        return server.upstream().asked().stream().filter(asked -> asked.path().endsWith("/chat/completions")).count();
    }
}
