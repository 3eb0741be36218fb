package runnel.web.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import runnel.Client.Sent;
import runnel.Follower;
import runnel.Follower.Told;
import runnel.Nasty;
import runnel.SseReader;
import runnel.upstream.openai.Scenario;
import runnel.web.WebTest;

/// The promise: whatever is read, across any number of cuts at any place, joined, is exactly the stored text.
class EveryCutTest extends WebTest {
    @Test
    void any_number_of_readers_cut_anywhere_end_with_the_stored_text_live_stored_and_after_a_restart() throws Exception {
        var texts = new ArrayList<Round>();
        for (int seed = 0; seed < 12; seed++) {
            texts.add(live(seed));
        }
        for (var round : texts) {
            assertAll(round, 4);
        }
        server.restart();
        for (var round : texts) {
            assertAll(round, 4);
            assertEveryKnownPlaceIsGood(round);
        }
    }

    private record Round(int seed, Sent sent, List<Told> told, List<Follower> followers) {}

    private Round live(int seed) throws Exception {
        var random = new Random(seed);
        var runs = runs(random, seed % 3 == 0 ? 1 + random.nextInt(6) : 1);
        server.upstream().next(playing(runs, random));
        var sent = client.ask("seed " + seed, "nasty");
        var round = new Round(seed, sent, runs.stream().map(run -> new Told(run.event(), Nasty.stored(run.text()))).toList(), new ArrayList<>());
        assertAll(round, 1 + random.nextInt(50));
        var stored = client.message(sent);
        assertEquals(joined(round, "message"), stored.get("content").asText());
        assertEquals(joined(round, "reasoning"), stored.get("reasoning").asText());
        return round;
    }

    /// Text, and before it thoughts and text in turn.
    private static List<Told> runs(Random random, int count) {
        var runs = new ArrayList<Told>();
        for (int left = count; left > 0; left--) {
            boolean thought = left % 2 == 0;
            runs.add(new Told(thought ? "reasoning" : "message", "x" + Nasty.text(random, random.nextInt(thought ? 100 : 400 / count))));
        }
        return runs;
    }

    private static String joined(Round round, String event) {
        return round.told.stream().filter(run -> run.event().equals(event)).map(Told::text).collect(Collectors.joining());
    }

    private static Scenario playing(List<Told> runs, Random random) {
        return wire -> {
            wire.stream();
            for (var run : runs) {
                for (var piece : Nasty.pieces(random, run.text(), 1 + random.nextInt(30))) {
                    wire.delta(run.event().equals("message") ? "content" : "reasoning_content", piece);
                    Thread.sleep(0, 200_000);
                }
            }
            wire.finish("stop").done();
        };
    }

    private void assertAll(Round round, int readers) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<Follower>>();
            for (int reader = 0; reader < readers; reader++) {
                var random = new Random(round.seed * 100L + reader);
                tasks.add(() -> followed(round.sent, random));
            }
            for (var follower : threads.invokeAll(tasks)) {
                assertEquals(round.told, follower.get().told(), "seed " + round.seed);
                assertEquals("complete", follower.get().status());
                round.followers.add(follower.get());
            }
        }
    }

    private Follower followed(Sent sent, Random random) {
        var follower = new Follower();
        while (!follower.done()) {
            try (var reader = reopened(sent, follower.cursor(), random)) {
                follower.readAll(reader.cutAfter(random.nextBoolean() ? random.nextInt(700) : Long.MAX_VALUE));
            }
        }
        return follower;
    }

    /// The place in the address, in the header, or in both; where in both, the address has an old one or nonsense.
    private SseReader reopened(Sent sent, String cursor, Random random) {
        if (cursor.isEmpty()) {
            return client.read(sent);
        }
        return switch (random.nextInt(4)) {
            case 0 -> client.read(sent.sse() + "?after=" + cursor);
            case 1 -> client.read(sent, "Last-Event-ID", cursor);
            case 2 -> client.read(sent.sse() + "?after=0.0.0", "Last-Event-ID", cursor);
            default -> client.read(sent.sse() + "?after=nonsense", "Last-Event-ID", cursor);
        };
    }

    private void assertEveryKnownPlaceIsGood(Round round) {
        var random = new Random(round.seed);
        for (var follower : round.followers) {
            var place = follower.places().get(random.nextInt(follower.places().size()));
            try (var reader = client.read(round.sent.sse() + "?after=" + place.cursor())) {
                if (reader.status() == 204) {
                    assertEquals(round.told, place.told());
                } else {
                    var later = Follower.at(place).readAll(reader);
                    assertEquals(round.told, later.told());
                    assertTrue(later.greetings().getFirst());
                }
            }
        }
    }
}
