package runnel.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client;
import runnel.Client.Sent;
import runnel.Follower;
import runnel.upstream.openai.Scenario;
import runnel.upstream.openai.ScriptedUpstream;

/// `kill -9` of the real program at random moments. `-Drunnel.kills=1000` for the long run.
@Tag("jar")
class KillingTest {
    private static final int KILLS = Integer.getInteger("runnel.kills", 10);
    /// What a crash may cost, and what a loaded machine may add until a word has passed from the model to the disk.
    private static final long MAX_LOST_NANOS = 250_000_000L + Long.getLong("runnel.noise.millis", 1_500) * 1_000_000;

    @TempDir
    Path folder;
    final ScriptedUpstream model = new ScriptedUpstream();

    @AfterEach
    void close() {
        model.close();
    }

    /// What the model has sent of one reply, and when.
    private static final class Told {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final StringBuilder text = new StringBuilder();
        private final List<Long> times = new ArrayList<>();
        private final List<Integer> lengths = new ArrayList<>();

        synchronized void add(String word) {
            text.append(word);
            times.add(System.nanoTime());
            lengths.add(text.length());
        }

        synchronized String text() {
            return text.toString();
        }

        /// How many characters had been sent by then.
        synchronized int by(long nanos) {
            int sent = 0;
            for (int i = 0; i < times.size() && times.get(i) <= nanos; i++) {
                sent = lengths.get(i);
            }
            return sent;
        }
    }

    private record Asked(String id, Sent sent, Told told, Follower reader) {}

    @Test
    @Timeout(36_000)
    void whatever_the_moment_nothing_is_torn_nothing_is_asked_twice_and_little_is_lost() throws Exception {
        var random = new Random();
        var jar = run();
        try {
            for (int kill = 1; kill <= KILLS; kill++) {
                var asked = List.of(ask(jar.client()), ask(jar.client()), ask(jar.client()));
                LockSupport.parkNanos(random.nextLong(900_000_000L));
                readABit(jar.client(), asked);
                long killed = System.nanoTime();
                jar.kill();
                assertSound(folder.resolve("data/runnel.db"));
                jar = run();
                for (var each : asked) {
                    assertEnded(jar.client(), each, killed);
                }
                assertEquals(asked.size() * kill, model.questions().size(), "nothing is asked again");
            }
        } finally {
            jar.close();
        }
    }

    private Jar run() {
        return Jar.run(folder, Map.of("PORT", "0", "OPENAI_BASE_URL", model.baseUrl().toString(), "OPENAI_API_KEY", ScriptedUpstream.CANARY)).ready();
    }

    private Asked ask(Client client) throws InterruptedException {
        var told = new Told();
        model.next(talking(told));
        var id = UUID.randomUUID().toString();
        var sent = Client.sent(client.post("/api/chat", prompt(id)));
        assertTrue(told.begun.await(1, TimeUnit.MINUTES), "the model was asked"); // else the next question might get this answer
        return new Asked(id, sent, told, new Follower());
    }

    private static com.fasterxml.jackson.databind.node.ObjectNode prompt(String id) {
        return Client.object().put("prompt", "talk").put("id", id).put("model", "x");
    }

    private static Scenario talking(Told told) {
        return wire -> {
            wire.stream();
            told.begun.countDown();
            for (int i = 0; !wire.asked().isHungUp(); i++) {
                var word = "wörd" + i + " 😀";
                wire.delta(i / 10 % 2 == 0 ? "content" : "reasoning_content", word);
                told.add(word);
                Thread.sleep(3);
            }
        };
    }

    private static void readABit(Client client, List<Asked> asked) {
        for (var each : asked) {
            try (var reader = client.read(each.sent)) {
                each.reader.take(reader.next().orElseThrow());
                each.reader.take(reader.next().orElseThrow());
            }
        }
    }

    private static void assertSound(Path database) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database); var rows = connection.createStatement().executeQuery("pragma integrity_check")) {
            assertTrue(rows.next());
            assertEquals("ok", rows.getString(1));
        }
    }

    private static String inOrder(Follower reader) {
        return reader.told().stream().map(Follower.Told::text).collect(Collectors.joining());
    }

    private static void assertEnded(Client client, Asked asked, long killed) {
        var whole = client.whole(asked.sent);
        assertEquals("interrupted", whole.status());
        var kept = inOrder(whole);
        assertTrue(asked.told.text().startsWith(kept), "a beginning of what the model thought and said");
        int due = asked.told.by(killed - MAX_LOST_NANOS);
        assertTrue(kept.length() >= due, "kept " + kept.length() + " of " + due + " characters that were due");
        assertEquals(whole.content(), client.message(asked.sent).get("content").asText());
        try (var reader = client.read(asked.sent, "Last-Event-ID", asked.reader.cursor())) {
            var back = new Follower().readAll(reader);
            assertEquals(List.of(false), back.greetings(), "a place in a text that is gone");
            assertEquals(whole.told(), back.told());
        }
        var again = client.post("/api/chat", prompt(asked.id));
        assertEquals(200, again.statusCode());
        assertEquals(asked.sent, Client.sent(again));
    }
}
