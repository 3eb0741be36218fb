package runnel.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import runnel.chat.Secret;
import runnel.upstream.Outcome;

/// An upstream may say anything, even our own key. None of it reaches a user, and the log only what is safe there.
class SecrecyTest extends UpstreamTest {
    private static final String WORDS = "secret-words " + ScriptedUpstream.CANARY + " at /srv/model.py line 7";

    private final PrintStream console = System.err;
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();

    {
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void giveTheConsoleBack() {
        System.setErr(console);
    }

    @Test
    void no_problem_repeats_what_the_upstream_said() {
        String escaped = WORDS.replace(" at", "\\u001b[31m\\nFAKE LOG LINE");
        for (Scenario each : List.of(
                Scenarios.refuse(400, escaped), Scenarios.refuse(401, escaped), Scenarios.refuse(429, escaped),
                Scenarios.refuse(500, escaped), Scenarios.errorInStream(0, escaped),
                wire -> wire.answer(503, "text/html", WORDS), wire -> wire.json(200, WORDS),
                wire -> wire.json(307, "{}", "Location: http://user:" + ScriptedUpstream.CANARY + "@localhost/"),
                wire -> wire.stream().event(WORDS).end(), wire -> wire.raw(WORDS + "\r\n\r\n").cut())) {
            var problem = ((Outcome.Failed) ask(each).outcome()).problem();
            assertFalse(problem.toString().matches("(?s).*(secret-words|canary|model\\.py|127\\.0\\.0\\.1|Exception).*"), problem.toString());
        }

        String log = logged.toString(StandardCharsets.UTF_8);
        assertTrue(log.contains("secret-words"), "the log does not have the upstream's words");
        assertFalse(log.contains("canary") || log.contains("\u001b") || log.contains("\nFAKE"), log);
    }

    @Test
    void a_logged_line_is_short_and_holds_nothing_like_a_key() {
        var log = new UpstreamLog("server", List.of(new Secret("abc-123-def"), new Secret("x")));

        assertEquals("you sent *** and *** and ***", log.safe("you sent Bearer xyz and sk-proj-12ab and abc-123-def"));
        assertEquals("a b c", log.safe("a\r\nb\u001b\u202ec"));
        assertEquals(501, log.safe("x".repeat(100_000)).length());
        assertFalse(log.safe("\n".repeat(995) + "abc-123-def").contains("abc"));
    }

    @Test
    void a_server_that_stays_away_does_not_fill_the_log() {
        var log = new UpstreamLog("server", List.of());
        for (int i = 0; i < 50; i++) {
            log.failure(new java.io.IOException("away"));
        }
        log.failure(new java.io.IOException("other"));
        assertEquals(2, logged.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains("failed: java.io.IOException")).count());
    }
}
