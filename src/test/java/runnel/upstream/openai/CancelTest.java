package runnel.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import runnel.chat.Run;
import runnel.upstream.Call;
import runnel.upstream.Outcome;
import runnel.upstream.Sink;

/// To cancel is one act, at any time, and it is never a failure.
@Timeout(10)
class CancelTest extends UpstreamTest {
    private static final Outcome CANCELLED = new Outcome.Cancelled(Optional.empty());

    @Test
    void a_call_that_was_cancelled_before_it_began_asks_nothing() {
        Call call = upstream.prepare(QUESTION);
        call.cancel();

        assertEquals(CANCELLED, call.stream(new Pieces()));
        assertEquals(0, server.connections());
    }

    @Test
    void a_call_is_cancelled_while_it_connects() throws Exception {
        try (var busy = new FullBacklog();
                var upstream = new OpenAiUpstream(new Endpoint(busy.baseUrl(), Optional.empty(), Optional.empty(),
                        Optional.empty(), Duration.ofSeconds(30)))) {
            Call call = upstream.prepare(QUESTION);
            var outcome = streaming(call, new Pieces());
            Thread.sleep(100); // nothing tells that a connection is being waited for
            call.cancel();

            assertEquals(CANCELLED, outcome.join());
        }
    }

    @Test
    void a_call_is_cancelled_while_it_waits_for_the_head() throws InterruptedException {
        var asked = new CountDownLatch(1);
        server.next(wire -> {
            asked.countDown();
            wire.awaitHangUp();
        });
        Call call = upstream.prepare(QUESTION);
        var outcome = streaming(call, new Pieces());
        asked.await();
        call.cancel();

        assertEquals(CANCELLED, outcome.join());
        server.questions().getFirst().awaitHangUp();
    }

    @Test
    void a_call_is_cancelled_in_the_stream_and_the_connection_is_closed_at_once() throws InterruptedException {
        var script = server.script();
        var pieces = new Pieces();
        Call call = upstream.prepare(QUESTION);
        var outcome = streaming(call, pieces);
        script.send("so far");
        long cancelled = System.nanoTime();
        call.cancel();

        assertEquals(CANCELLED, outcome.join());
        long millis = Duration.ofNanos(server.questions().getFirst().awaitHangUp() - cancelled).toMillis();
        assertTrue(millis < 1000, "closed after " + millis + " ms");
    }

    @Test
    void a_call_is_cancelled_from_within_its_sink() {
        server.next(Scenarios.silence(1));
        Call call = upstream.prepare(QUESTION);

        assertEquals(CANCELLED, call.stream(new Sink() {
            @Override
            public void call(String id, String name) {}

            @Override
            public void append(Run.Kind kind, String piece) {
                call.cancel();
            }
        }));
    }

    @Test
    void a_call_is_cancelled_while_a_refusal_is_read() throws InterruptedException {
        var asked = new CountDownLatch(1);
        server.next(wire -> {
            wire.head(500, "Content-Type: text/plain", "Content-Length: 1000").raw("half");
            asked.countDown();
            wire.awaitHangUp();
        });
        Call call = upstream.prepare(QUESTION);
        var outcome = streaming(call, new Pieces());
        asked.await();
        call.cancel();

        assertEquals(CANCELLED, outcome.join());
    }

    @Test
    void a_cancelled_call_is_not_asked_again_without_the_refused_parameter() throws InterruptedException {
        var asked = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        server.next(wire -> {
            asked.countDown();
            go.await();
            wire.json(400, Scenarios.error("Unsupported parameter: 'stream_options'", "stream_options", ""));
        });
        Call call = upstream.prepare(QUESTION);
        var outcome = streaming(call, new Pieces());
        asked.await();
        call.cancel();
        go.countDown();

        assertEquals(CANCELLED, outcome.join());
        assertEquals(1, server.questions().size());
    }

    @Test
    void to_cancel_an_answer_that_has_ended_changes_nothing() {
        server.next(Scenarios.text(1));
        Call call = upstream.prepare(QUESTION);
        Outcome outcome = call.stream(new Pieces());
        call.cancel();
        call.cancel();

        assertTrue(outcome instanceof Outcome.Complete);
    }

    private static CompletableFuture<Outcome> streaming(Call call, Sink sink) {
        var outcome = new CompletableFuture<Outcome>();
        Thread.startVirtualThread(() -> outcome.complete(call.stream(sink)));
        return outcome;
    }
}
