package runnel.web.http;

import io.javalin.http.Context;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.time.Duration;

/// Answers a request that is refused before all of it was read. To close the connection at once would make the client's kernel
/// throw the answer away, unread, since bytes are on their way that nobody takes; so the answer goes out first, and for a moment
/// what comes is taken and forgotten (RFC 9112, 9.6).
final class DrainThenClose {
    private static final Duration MAX = Duration.ofSeconds(2);
    /// A client that says nothing for so long waits for the end.
    private static final Duration QUIET = Duration.ofMillis(500);
    private static final long GLANCE_MILLIS = 10;
    private static final int PIECE = 64 << 10;

    private DrainThenClose() {}

    /// @param body the whole answer; its status and the other headers are set
    static void answer(Context ctx, byte[] body) {
        try {
            ctx.header("Connection", "close");
            ctx.res().setContentLength(body.length);
            ctx.res().getOutputStream().write(body);
            ctx.res().flushBuffer();
            forget(ctx.req().getInputStream());
        } catch (IOException gone) {
            // then nobody waits for the answer
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(ServletInputStream in) throws IOException, InterruptedException {
        var piece = new byte[PIECE];
        long began = System.nanoTime();
        long heard = began;
        while (!in.isFinished() && System.nanoTime() - began < MAX.toNanos() && System.nanoTime() - heard < QUIET.toNanos()) {
            if (in.available() > 0) {
                in.read(piece);
                heard = System.nanoTime();
            } else {
                Thread.sleep(GLANCE_MILLIS);
            }
        }
    }
}
