package runnel.web.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import runnel.account.Credential;
import runnel.chat.Cursor;
import runnel.chat.End;
import runnel.chat.ReplyEvent;
import runnel.chat.Status;
import runnel.faults.Eventually;

/// What one stream does to the others: nothing.
@Timeout(60)
class StreamsTest {
    private static final StreamEvent EVENT = new StreamEvent.OfReply(new ReplyEvent.Stop(new Cursor(0, 0, 1), End.of(Status.COMPLETE)));

    private final Streams streams = new Streams(Duration.ofMillis(200), 100, 100, 100);
    private final Credential somebody = Credential.LOCAL;

    @AfterEach
    void close() {
        streams.close();
    }

    /// So many events at once, and then none.
    private record Backlog(AtomicInteger left) implements Source<StreamEvent> {
        @Override
        public Optional<String> reply() {
            return Optional.empty();
        }

        @Override
        public StreamEvent next() {
            return left.getAndDecrement() > 0 ? EVENT : null;
        }

        @Override
        public boolean done() {
            return false;
        }

        @Override
        public Optional<String> cursor() {
            return Optional.empty();
        }

        @Override
        public void listen(Runnable wake) {}

        @Override
        public void leave(Runnable wake, boolean gone) {}
    }

    /// Takes everything at once, until it throws.
    private static final class Line implements Wire<StreamEvent> {
        private final Thread opener = Thread.currentThread();
        private final Optional<Error> error;
        private final AtomicInteger here = new AtomicInteger();
        private final AtomicInteger events = new AtomicInteger();
        private final AtomicInteger heartbeats = new AtomicInteger();
        private EventStream<StreamEvent> stream;

        Line(Optional<Error> error) {
            this.error = error;
        }

        @Override
        public void begin(EventStream<StreamEvent> begun) {
            stream = begun;
        }

        @Override
        public String transport() {
            return "line";
        }

        @Override
        public void event(StreamEvent event, Callback done) {
            events.incrementAndGet();
            if (Thread.currentThread() == opener) {
                here.incrementAndGet();
            }
            done.succeeded();
        }

        @Override
        public void heartbeat(Callback done) {
            if (heartbeats.incrementAndGet() > 1) { // the first comes when it is opened
                error.ifPresent(thrown -> {
                    throw thrown;
                });
            }
            done.succeeded();
        }

        @Override
        public boolean vanished() {
            error.ifPresent(thrown -> {
                throw thrown;
            });
            return false;
        }

        @Override
        public void end() {
            stream.gone();
        }

        @Override
        public void cut() {
            stream.gone();
        }
    }

    private Line open(int backlog, Optional<Error> error) {
        var line = new Line(error);
        try (var permit = streams.admit(somebody)) {
            permit.open(new Backlog(new AtomicInteger(backlog)), () -> line);
        }
        return line;
    }

    @Test
    void a_stream_that_throws_ends_no_heartbeats_but_its_own() {
        var lines = new Line[20];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = open(0, i % 2 == 0 ? Optional.of(new OutOfMemoryError("as if")) : Optional.empty());
        }
        for (int i = 1; i < lines.length; i += 2) {
            var line = lines[i];
            Eventually.holds(() -> line.heartbeats.get() > 3);
        }
        assertEquals(lines.length / 2, streams.size(), "what throws is dropped");
    }

    @Test
    void what_throws_gives_its_permit_back() {
        var line = open(0, Optional.empty());
        assertEquals(1, streams.size());
        line.stream.failed(new OutOfMemoryError("as if"));
        assertEquals(0, streams.size());
        for (int i = 0; i < 100; i++) {
            streams.admit(somebody);
        }
    }

    @Test
    void who_brings_news_to_a_reader_far_behind_is_soon_free_to_tell_the_others() {
        var behind = open(100_000, Optional.empty());
        assertTrue(behind.here.get() <= 16, behind.here + " events on the thread that brought the news");
        Eventually.holds(() -> behind.events.get() == 100_000);
    }
}
