package runnel.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client.Sent;
import runnel.Server;
import runnel.faults.Crash;
import runnel.faults.Eventually;
import runnel.store.reply.Checkpoints;
import runnel.upstream.openai.Scenarios;
import runnel.upstream.openai.Script;

/// `CONTINUE_INTERRUPTED`: what the end of the process cut off goes on by itself at the next start.
class ContinueInterruptedTest {
    @TempDir
    Path data;

    @Test
    void a_reply_that_a_crash_cut_off_goes_on_by_itself_and_keeps_what_it_had() {
        try (var server = Server.start(data.resolve("a"))) {
            var sent = begun(server, "Half ");
            Path left = Crash.dataOf(server, data.resolve("b"));
            try (var next = Server.start(left, "CONTINUE_INTERRUPTED", "true", "OPENAI_BASE_URL", server.upstream().baseUrl().toString())) {
                awaitStatus(next, sent, "complete");
                assertTrue(next.client().message(sent).get("content").asText().startsWith("Half "));
            }
        }
    }

    @Test
    void a_reply_that_a_stop_of_the_server_cut_off_goes_on_too() {
        try (var server = Server.start(data, "CONTINUE_INTERRUPTED", "true")) {
            var sent = begun(server, "Half ");
            server.upstream().next(Scenarios.deltas("and half."));
            server.restart();
            awaitStatus(server, sent, "complete");
            assertEquals("Half and half.", server.client().message(sent).get("content").asText());
        }
    }

    @Test
    void without_the_setting_it_stays_interrupted_and_is_not_taken_up_later_either() {
        try (var server = Server.start(data)) {
            var sent = begun(server, "Half ");
            server.restart();
            assertEquals("interrupted", status(server, sent));
            server.set("CONTINUE_INTERRUPTED", "true").restart();
            assertEquals("interrupted", status(server, sent));
            assertEquals(1, questions(server));
        }
    }

    @Test
    void what_somebody_stopped_is_left_alone() {
        try (var server = Server.start(data, "CONTINUE_INTERRUPTED", "true")) {
            var sent = begun(server, "Half ");
            server.client().send("POST", "/api/replies/" + sent.reply() + "/stop", null);
            server.restart();
            assertEquals("stopped", status(server, sent));
            assertEquals(1, questions(server));
        }
    }

    @Test
    void a_reply_that_was_cut_off_three_times_is_left_to_people_since_it_may_be_the_cause() {
        try (var server = Server.start(data, "CONTINUE_INTERRUPTED", "true")) {
            var sent = begun(server, "Half ");
            for (int times = 1; times <= 3; times++) {
                int asked = 1 + times;
                server.upstream().next(Scenarios.silence(0));
                server.restart();
                Eventually.holds(() -> questions(server) == asked);
            }
            for (int times = 0; times < 2; times++) {
                server.restart();
                Eventually.sleep(300);
            }
            assertEquals("interrupted", status(server, sent));
            assertEquals(4, questions(server));
        }
    }

    @Test
    void only_a_few_go_on_at_once_and_all_in_the_end() {
        try (var server = Server.start(data, "CONTINUE_INTERRUPTED", "true")) {
            var all = new ArrayList<Sent>();
            for (int i = 0; i < 3 * InterruptedReplies.AT_ONCE; i++) {
                all.add(begun(server, "Half "));
            }
            var scripts = all.stream().map(_ -> server.upstream().script()).toList();
            server.restart();
            scripts.subList(0, InterruptedReplies.AT_ONCE).forEach(script -> script.awaitAsked());
            Eventually.sleep(300);
            assertEquals(all.size() + InterruptedReplies.AT_ONCE, questions(server));
            scripts.forEach(script -> script.send("and half.").finish());
            all.forEach(sent -> awaitStatus(server, sent, "complete"));
        }
    }

    @Test
    void one_whose_chat_has_gone_on_meanwhile_is_left_alone_then_and_at_every_later_start() {
        try (var server = Server.start(data, "CONTINUE_INTERRUPTED", "true")) {
            var all = Stream.generate(() -> begun(server, "Half ")).limit(InterruptedReplies.AT_ONCE + 1).toList();
            var scripts = Stream.generate(() -> server.upstream().script()).limit(InterruptedReplies.AT_ONCE).toList();
            server.restart();
            scripts.forEach(Script::awaitAsked);
            server.upstream().next(Scenarios.deltas("Something else"));
            server.client().whole(server.client().askIn(all.getLast().chat(), "Forget it", "scripted"));
            scripts.forEach(Script::finish);
            all.subList(0, InterruptedReplies.AT_ONCE).forEach(sent -> awaitStatus(server, sent, "complete"));
            for (int times = 0; times < 2; times++) {
                Eventually.sleep(300);
                assertEquals("interrupted", status(server, all.getLast()));
                server.restart();
            }
            assertEquals(2 * InterruptedReplies.AT_ONCE + 2, questions(server));
        }
    }

    @Test
    void where_the_server_is_full_it_waits_for_room() {
        try (var server = Server.start(data, "CONTINUE_INTERRUPTED", "true")) {
            var all = Stream.generate(() -> begun(server, "Half ")).limit(2).toList();
            var script = server.upstream().script();
            server.upstream().next(Scenarios.deltas("and half."));
            server.set("MAX_RUNNING", "1").restart();
            script.awaitAsked();
            Eventually.sleep(300);
            script.send("and half.").finish();
            all.forEach(sent -> awaitStatus(server, sent, "complete"));
            assertFalse(server.client().get("/metrics").body().contains("runnel_prompts_refused_total{"));
        }
    }

    /// A reply of which `text` has come, and is kept.
    private static Sent begun(Server server, String text) {
        var script = server.upstream().script();
        var sent = server.client().ask("Say something", "scripted");
        script.send(text);
        Eventually.holds(() -> kept(server, sent).equals(text));
        return sent;
    }

    private static String kept(Server server, Sent sent) {
        return server.database().read(Checkpoints::pieces).getOrDefault(sent.reply(), List.of()).stream()
                .map(piece -> piece.text().toString()).collect(Collectors.joining());
    }

    private static long questions(Server server) {
        return server.upstream().asked().stream().filter(asked -> asked.path().endsWith("/chat/completions")).count();
    }

    private static String status(Server server, Sent sent) {
        return server.client().message(sent).get("status").asText();
    }

    private static void awaitStatus(Server server, Sent sent, String status) {
        Eventually.holds(() -> status(server, sent).equals(status));
    }
}
