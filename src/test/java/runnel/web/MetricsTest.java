package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.faults.Eventually;

class MetricsTest extends WebTest {
    private static final Pattern LINE = Pattern.compile("# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\\{[a-z_]+=\"[^\"]*\"(,[a-z_]+=\"[^\"]*\")*})? [-+0-9.E]+|[a-z_]+ NaN");

    /// Each figure by its name and labels.
    private Map<String, Double> figures() {
        var figures = new HashMap<String, Double>();
        client.get("/metrics").body().lines().filter(line -> !line.startsWith("#"))
                .forEach(line -> figures.put(line.substring(0, line.lastIndexOf(' ')), Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
        return figures;
    }

    private double figure(String name) {
        return figures().getOrDefault(name, 0.0);
    }

    @Test
    void they_are_lines_of_prometheus_text() {
        client.whole(client.ask("hello", "text:3"));
        var answer = client.get("/metrics");
        assertEquals("text/plain; version=0.0.4; charset=utf-8", answer.headers().firstValue("Content-Type").orElse(""));
        answer.body().lines().forEach(line -> assertTrue(LINE.matcher(line).matches(), line));
    }

    @Test
    void they_tell_of_the_machine_the_database_and_the_process() {
        client.whole(client.ask("hello", "text:3"));
        var figures = figures();
        for (var name : new String[] {"runnel_database_bytes", "runnel_write_seconds_count", "runnel_write_seconds_sum", "jvm_memory_used_bytes{area=\"heap\"}",
                "jvm_threads_current", "process_cpu_seconds_total"}) {
            assertTrue(figures.getOrDefault(name, 0.0) > 0, () -> name + " is missing in " + figures);
        }
    }

    @Test
    void they_count_replies_from_their_prompt_to_their_end() {
        var running = client.ask("hello", "silence:2");
        try (var _ = client.read(running)) {
            Eventually.holds(() -> figure("runnel_streams_open{transport=\"sse\"}") == 1);
            assertEquals(1, figure("runnel_replies_running"));
            problem(409, client.post("/api/chat", Client.object().put("prompt", "again").put("chat", running.chat())));
        }
        client.send("POST", "/api/replies/" + running.reply() + "/stop", null);
        client.whole(client.ask("hello", "status:401"));
        var whole = client.whole(client.ask("hello", "text:3"));
        Eventually.holds(() -> figure("runnel_replies_running") == 0);
        var figures = figures();
        assertEquals(3, figures.get("runnel_prompts_accepted_total"));
        assertEquals(1, figures.get("runnel_prompts_refused_total{problem=\"chat-busy\"}"));
        assertEquals(1, figures.get("runnel_problems_total{problem=\"chat-busy\"}"));
        assertEquals(1, figures.get("runnel_replies_ended_total{status=\"stopped\"}"));
        assertEquals(1, figures.get("runnel_replies_ended_total{status=\"complete\"}"));
        assertEquals(1, figures.get("runnel_replies_failed_total{problem=\"upstream-refused-key\"}"));
        assertTrue(figures.get("runnel_reply_bytes_total") >= whole.content().length());
    }

    @Test
    void nothing_in_them_comes_from_people() {
        client.get("/api/chats/canary-in-an-address");
        client.whole(client.ask("canary-in-a-prompt", "canary-in-a-model"));
        client.post("/api/chat", Client.object().put("prompt", "x").put("chat", "canary-in-a-chat"));
        assertFalse(client.get("/metrics").body().contains("canary"));
    }
}
