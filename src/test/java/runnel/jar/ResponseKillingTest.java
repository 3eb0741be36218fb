package runnel.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import runnel.upstream.openai.Scenario;
import runnel.upstream.openai.Scenarios;
import runnel.upstream.openai.ScriptedUpstream;
import runnel.web.WebTest;
import runnel.web.openai.Response;
import runnel.web.openai.Response.Events;

/// Responses of OpenAI's API over `kill -9` of the real program. `-Drunnel.kills=1000` for the long run.
@Tag("jar")
class ResponseKillingTest {
    private static final int KILLS = Math.max(1, Integer.getInteger("runnel.kills", 10) / 3);

    @TempDir
    Path folder;
    final ScriptedUpstream model = new ScriptedUpstream();
    private final Random random = new Random();

    @AfterEach
    void close() {
        model.close();
    }

    private Jar run() {
        return Jar.run(folder, Map.of("PORT", "0", "OPENAI_BASE_URL", model.baseUrl().toString(), "OPENAI_API_KEY", ScriptedUpstream.CANARY)).ready();
    }

    private static Scenario talking(StringBuffer said) {
        return wire -> {
            wire.stream().reasoning("Hm. ");
            said.append("Hm. ");
            for (int i = 0; !wire.asked().isHungUp(); i++) {
                var word = "wörd" + i + " 漢字 ";
                wire.delta(word);
                said.append(word);
                Thread.sleep(3);
            }
        };
    }

    @Test
    @Timeout(36_000)
    void a_place_in_a_text_that_a_crash_shortened_is_a_conflict_and_every_replay_of_what_is_left_is_the_same() throws Exception {
        var jar = run();
        try {
            for (int kill = 0; kill < KILLS; kill++) {
                var said = new StringBuffer();
                model.next(talking(said));
                var response = Response.background(jar.client(), Response.asked("m", "talk"));
                Events seen;
                try (var reader = response.reader("")) {
                    seen = Response.read(reader, 20 + random.nextInt(100));
                }
                assertTrue(said.toString().startsWith(seen.text()));
                jar.kill();
                jar = run();
                response = new Response(jar.client(), response.id());
                var left = response.read("");
                assertEquals("failed", left.last().at("/response/status").asText());
                assertTrue(said.toString().startsWith(left.text()), "a beginning of what the model said");
                assertEquals(left.text(), Response.text(response.now()));
                WebTest.openAiError(409, jar.client().get(response.path() + "?stream=true&starting_after=" + seen.number()));
                assertEquals(left.text(), left.textBehind(seen.number()), "who drops by number gets it from the beginning");
                assertRest(response, left);
                jar.terminate();
                assertEquals(0, jar.exitCode());
                jar = run();
                response = new Response(jar.client(), response.id());
                assertEquals(left.all(), response.read("").all());
                assertRest(response, left);
                assertContinued(jar, response, left);
            }
        } finally {
            jar.close();
        }
    }

    private void assertRest(Response response, Events whole) {
        var at = whole.all().get(random.nextInt(whole.all().size() - 1)).get("sequence_number").asLong();
        var rest = response.after(at);
        assertEquals(whole.textBehind(at), rest.text());
        assertEquals(whole.last(), rest.last());
    }

    private void assertContinued(Jar jar, Response response, Events before) {
        model.next(Scenarios.deltas("and so ", "on."));
        assertEquals(201, jar.client().send("POST", "/api/replies/" + response.reply() + "/continue", null).statusCode());
        var whole = response.read("");
        assertEquals(before.text() + "and so on.", whole.text());
        assertEquals("response.completed", whole.last().get("type").asText());
        WebTest.openAiError(409, jar.client().get(response.path() + "?stream=true&starting_after=" + before.number()));
        assertTrue(whole.all().getFirst().get("sequence_number").asLong() > before.number(), "the numbers rise");
    }
}
