package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client;
import runnel.faults.Eventually;
import runnel.upstream.openai.Scenarios;
import runnel.upstream.openai.Script;

class QueueWhenFullTest extends WebTest {
    @TempDir
    Path folder;

    @Override
    protected String[] settings() {
        return new String[] {"MAX_RUNNING", "1"};
    }

    private int messages(String chat) {
        return Client.json(client.get("/api/chats/" + chat)).get("messages").size();
    }

    @Test
    void what_is_due_while_the_server_is_full_is_sent_when_there_is_room() {
        model.next(Scenarios.refuse(400, "no"));
        var first = client.ask("one", "m");
        client.whole(first);
        var queued = Client.json(client.post("/api/chats/" + first.chat() + "/queue", Client.object().put("prompt", "two"))).get("id").asText();
        var script = new Script();
        model.next(script);
        var other = client.ask("other", "m");
        script.awaitAsked();
        problem(503, client.send("POST", "/api/chats/" + first.chat() + "/queue/" + queued + "/send", null));

        server.database().write(sql -> sql.update("update message set status = 'complete' where id = ?", first.reply()));
        client.post("/api/chats/" + first.chat() + "/queue", Client.object().put("prompt", "three"));
        Eventually.sleep(200);
        script.send("a").finish();
        Eventually.holds(() -> messages(first.chat()) == 6);
        Eventually.holds(() -> messages(other.chat()) == 2);
    }

    @Test
    void however_often_a_prompt_that_waits_for_room_is_changed_one_thread_waits_for_it_and_no_request_counts_as_refused() {
        var script = new Script();
        model.next(Scenarios.deltas("a"), script);
        var chat = client.ask("one", "m");
        client.whole(chat);
        var other = client.ask("other", "m");
        script.awaitAsked();
        var queue = "/api/chats/" + chat.chat() + "/queue";
        var queued = queue + "/" + Client.json(client.post(queue, Client.object().put("prompt", "two"))).get("id").asText();
        IntStream.range(0, 20).parallel().forEach(_ ->
                assertEquals(200, client.send("PATCH", queued, "{\"prompt\":\"three\"}", "Content-Type", "application/json").statusCode()));
        Eventually.sleep(1_000);
        assertEquals(1, threadsFor(chat.chat()));
        assertFalse(client.get("/metrics").body().contains("runnel_prompts_refused_total{"), client.get("/metrics").body());
        model.next(Scenarios.deltas("b"));
        script.finish();
        Eventually.holds(() -> messages(chat.chat()) == 4 && messages(other.chat()) == 2);
        Eventually.holds(() -> threadsFor(chat.chat()) == 0);
    }

    private long threadsFor(String chat) {
        try {
            var dump = Files.createTempDirectory(folder, "dump").resolve("threads");
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
            return Files.readString(dump).lines().filter(line -> line.contains("queue " + chat)).count();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
