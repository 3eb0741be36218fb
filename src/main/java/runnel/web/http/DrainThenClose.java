package runnel.web.http;

import io.javalin.http.Context;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Answers a request that is refused before all of it was read. To close the connection at once would make the client's kernel
/// throw the answer away, unread, since bytes are on their way that nobody takes; so the answer goes out first, and for a moment
/// what comes is taken and forgotten (RFC 9112, 9.6).
final class DrainThenClose {
    private static final Duration MAX = Duration.ofSeconds(2);
    /// A client that says nothing for so long waits for the end.
    private static final Duration QUIET = Duration.ofMillis(500);
    private static final long MIN_GLANCE_MILLIS = 10;
    private static final long MAX_GLANCE_MILLIS = 80;
    /// So many at once, since each holds its connection; the others' are closed at once.
    private static final Semaphore PERMITS = new Semaphore(200);
    /// Where bytes go that nobody reads.
    private static final byte[] SINK = new byte[8 << 10];

    private DrainThenClose() {}

    /// @param body the whole answer; its status and the other headers are set
    static void answer(Context ctx, byte[] body) {
        boolean admitted = PERMITS.tryAcquire();
        try {
            ctx.header("Connection", "close");
            ctx.res().setContentLength(body.length);
            ctx.res().getOutputStream().write(body);
            ctx.res().flushBuffer();
            if (admitted) {
                drain(ctx.req().getInputStream());
            }
        } catch (IOException gone) {
            // then nobody waits for the answer
        } finally {
            if (admitted) {
                PERMITS.release();
            }
        }
    }

    private static void drain(ServletInputStream in) throws IOException {
        long began = System.nanoTime();
        long heard = began;
        long glance = MIN_GLANCE_MILLIS;
        while (!in.isFinished() && System.nanoTime() - began < MAX.toNanos() && System.nanoTime() - heard < QUIET.toNanos()) {
            if (in.available() > 0) {
                forget(in);
                heard = System.nanoTime();
                glance = MIN_GLANCE_MILLIS;
            } else {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(glance));
                glance = Math.min(2 * glance, MAX_GLANCE_MILLIS);
            }
        }
    }

    static int forget(ServletInputStream in) throws IOException {
        return in.read(SINK);
    }
}
