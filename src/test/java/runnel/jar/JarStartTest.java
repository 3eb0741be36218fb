package runnel.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client;
import runnel.Follower;
import runnel.upstream.openai.ScriptedUpstream;

/// How the jar starts, refuses and ends.
@Tag("jar")
class JarStartTest {
    @TempDir
    Path folder;
    final ScriptedUpstream model = new ScriptedUpstream();

    @AfterEach
    void close() {
        model.close();
    }

    private Map<String, String> settings(String... more) {
        var settings = new HashMap<>(Map.of("PORT", "0", "OPENAI_BASE_URL", model.baseUrl().toString(), "OPENAI_API_KEY", ScriptedUpstream.CANARY));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    @Test
    void it_starts_in_any_folder_with_nothing_but_the_jar_and_answers_when_it_says_so() throws Exception {
        try (var jar = Jar.start(folder, settings(), Jar.alone()).ready()) {
            assertEquals(200, jar.client().get("/ready").statusCode());
            assertEquals(200, jar.client().get("/").statusCode());
            var script = jar.client().script();
            assertEquals("gzip", jar.client().get(script, "Accept-Encoding", "gzip").headers().firstValue("Content-Encoding").orElse(""));
            assertTrue(jar.client().get(script).body().contains("import"));
            assertEquals("word0 word1 word2 ", jar.client().whole(jar.client().ask("hello", "x")).content());
            assertTrue(Files.exists(folder.resolve("data/runnel.db")));
        }
    }

    @Test
    void told_to_end_it_finishes_what_runs_takes_nothing_new_and_ends_well() throws Exception {
        var script = model.script();
        try (var jar = Jar.run(folder, settings("SHUTDOWN_GRACE", "30")).ready()) {
            var client = jar.client();
            var sent = client.ask("hello", "x");
            script.send("all ");
            var follower = new Follower();
            try (var reader = client.read(sent)) {
                follower.take(reader.next().orElseThrow());
                follower.take(reader.next().orElseThrow());
                jar.terminate();
                while (client.get("/ready").statusCode() == 200) {
                    Thread.onSpinWait();
                }
                assertEquals(503, client.get("/ready").statusCode());
                assertEquals(200, client.get("/health").statusCode());
                var refused = client.post("/api/chat", Client.object().put("prompt", "too late"));
                assertEquals(503, refused.statusCode());
                assertTrue(refused.headers().firstValue("Retry-After").isPresent());
                script.send("of it").finish();
                reader.rest().forEach(follower::take);
            }
            assertEquals("all of it", follower.content());
            assertEquals("complete", follower.status());
            assertEquals(0, jar.exitCode());
        }
        assertFalse(Jar.errors(folder).contains("ERROR"), Jar.errors(folder));
    }

    @Test
    void what_does_not_finish_in_time_is_interrupted_with_all_its_text() throws Exception {
        var script = model.script();
        var settings = settings("SHUTDOWN_GRACE", "0");
        try (var jar = Jar.run(folder, settings).ready()) {
            var sent = jar.client().ask("hello", "x");
            script.send("half");
            try (var reader = jar.client().read(sent)) {
                reader.next("message");
                jar.terminate();
                reader.rest();
            }
            assertEquals(0, jar.exitCode());
            try (var again = Jar.run(folder, settings).ready()) {
                var whole = again.client().whole(sent);
                assertEquals("half", whole.content());
                assertEquals("interrupted", whole.status());
            }
        }
        assertEquals(1, model.questions().size());
    }

    @Test
    void a_second_one_on_the_same_data_says_so_and_leaves_the_first_alone() throws Exception {
        try (var first = Jar.run(folder, settings()).ready(); var second = Jar.run(folder, settings())) {
            assertEquals(1, second.exitCode());
            var said = Jar.errors(folder);
            assertTrue(said.contains("DATA_DIR is used by another Runnel"), said);
            assertFalse(said.contains("\tat "), said);
            assertEquals(200, first.client().get("/ready").statusCode());
        }
    }

    @Test
    void a_port_that_is_taken_is_told_in_a_sentence() throws Exception {
        var port = model.baseUrl().getPort();
        try (var jar = Jar.run(folder, settings("PORT", "" + port))) {
            assertEquals(1, jar.exitCode());
            var said = Jar.errors(folder);
            assertTrue(said.matches("PORT=" + port + " on HOST=127.0.0.1 is in use by another program[^\n]*\n"), said);
        }
    }

    @Test
    void a_rehearsal_leaves_a_cache_with_which_a_server_in_any_folder_starts() throws Exception {
        var cache = Cache.rehearsed(folder);
        assertTrue(Files.exists(Path.of(cache + ".talk")), "one for a command of the terminal");
        var flags = "-XX:AOTMode=on -XX:+UseCompactObjectHeaders -XX:AOTCache=" + cache; // or no start at all
        var elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        try (var jar = Jar.run(elsewhere, settings("JDK_JAVA_OPTIONS", flags)).ready()) {
            assertEquals("word0 word1 word2 ", jar.client().whole(jar.client().ask("hello", "x")).content());
        }
    }

    @Test
    void wrong_settings_are_refused_all_at_once_and_no_secret_is_shown() throws Exception {
        try (var jar = Jar.run(folder, settings("PORT", "many", "HEARTBEAT", "0", "OPENAI_API_KEY", "two words"))) {
            assertEquals(2, jar.exitCode());
            var said = Jar.errors(folder);
            assertTrue(said.contains("PORT=many") && said.contains("HEARTBEAT=0") && said.contains("OPENAI_API_KEY"), said);
            assertFalse(said.contains("two words"), said);
        }
    }
}
