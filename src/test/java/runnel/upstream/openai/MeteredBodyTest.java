package runnel.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.Okio;
import okio.Source;
import okio.Timeout;
import org.junit.jupiter.api.Test;

class MeteredBodyTest {
    /// Bytes without an end, for which nobody ever has to wait.
    private static final class Endless implements Source {
        @Override
        public long read(Buffer sink, long byteCount) {
            sink.write(new byte[1_024]);
            return 1_024;
        }

        @Override
        public Timeout timeout() {
            return Timeout.NONE;
        }

        @Override
        public void close() {}
    }

    @Test
    void answers_that_come_faster_than_they_are_read_let_others_have_their_turn() throws Exception {
        var stop = new AtomicBoolean();
        var reading = new CountDownLatch(Runtime.getRuntime().availableProcessors());
        var floods = new ArrayList<Thread>();
        for (long i = reading.getCount(); i > 0; i--) {
            var body = new MeteredBody(ResponseBody.create(Okio.buffer(new Endless()), MediaType.get("text/event-stream"), -1), () -> {});
            floods.add(Thread.startVirtualThread(() -> read(body, stop, reading)));
        }
        try {
            assertTrue(reading.await(20, TimeUnit.SECONDS), "each flood has a processor");
            assertTrue(Thread.startVirtualThread(() -> {}).join(Duration.ofSeconds(20)));
        } finally {
            stop.set(true);
            for (var flood : floods) {
                flood.join();
            }
        }
    }

    private static void read(MeteredBody body, AtomicBoolean stop, CountDownLatch reading) {
        try {
            for (var sink = new Buffer(); !stop.get(); sink.clear()) {
                body.read(sink, 8_192);
                body.eventWasRead();
                reading.countDown();
            }
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
