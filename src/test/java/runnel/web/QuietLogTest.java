package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.upstream.openai.Scenarios;

/// Nobody fills the log.
class QuietLogTest extends WebTest {
    private long lines() {
        return server.log().lines().filter(line -> line.contains(" WARN ") || line.contains(" ERROR ")).count();
    }

    @Test
    void a_model_server_that_refuses_whatever_it_is_asked_is_told_a_few_times_a_minute_and_counted() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                model.next(Scenarios.refuse(400, "no such thing as " + i));
                threads.submit(() -> client.whole(client.ask("hello", "m")));
            }
        }
        assertEquals(100, model.questions().size());
        assertTrue(lines() >= 1 && lines() <= 8, () -> server.log());
    }

    @Test
    void words_that_no_type_has_are_refused_and_not_logged() {
        var answer = client.send("POST", "/api/chat", "{}", "Content-Type", "application/json; charset=nonsense");
        assertEquals(422, answer.statusCode(), answer.body());
        for (var path : new String[] {"/api/uploads?name=x", "/api/import", "/api/replies/" + NOWHERE + "/regenerate"}) {
            assertTrue(client.send("POST", path, "{}", "Content-Type", "x/y; charset=nonsense").statusCode() < 500, path);
        }
        assertEquals(0, lines(), server::log);
    }

    @Test
    void what_comes_of_a_full_disk_is_told_once_for_all_who_ask() throws Exception {
        server.database().write(sql -> sql.update("alter table message rename to lost_message"));
        for (int i = 0; i < 50; i++) {
            client.post("/api/chat", Client.object().put("prompt", "hello").put("model", "m"));
        }
        assertTrue(lines() >= 1 && lines() <= 4, () -> server.log());
        server.database().write(sql -> sql.update("alter table lost_message rename to message"));
    }
}
