package runnel.web.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.util.Blocker;

/// What an HTTP answer goes out on.
public final class HttpConnection {
    private static final int TO_READ_MILLIS = 2_000;
    private static final int LOOK_MILLIS = 20;
    private static final int SLOW_AFTER_MILLIS = 5_000;
    private static final int MIN_BYTES_PER_MILLI = 50;

    final EndPoint endPoint;
    private final ConnectionMetaData metaData;

    public HttpConnection(Context ctx) {
        this.metaData = ServletContextRequest.getServletContextRequest(ctx.req()).getConnectionMetaData();
        this.endPoint = metaData.getConnection().getEndPoint();
    }

    /// Whether the client has closed its side, by FIN or RST. It may read on all the same (RFC 9293, 3.6), as `nc -N` does and some
    /// proxies: that it does not shows when the second write fails. For the thread that answers, once the request was read: it looks
    /// at what stands behind that.
    public boolean saysNoMore() {
        return !endPoint.isOpen() || watched().filter(WatchedEndPoint::saysNoMore).isPresent();
    }

    /// Writes what clients read over before an answer (RFC 9110, 15.2), which fails where nobody is there. Jetty writes no 100 that
    /// was not asked for.
    ///
    /// @return whether it can be written, which is so before an answer by HTTP/1.1
    /// @throws IOException where nobody is there
    public static boolean probe(Context ctx) throws IOException {
        var servlet = ServletContextRequest.getServletContextRequest(ctx.req());
        if (ctx.res().isCommitted() || servlet.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_1_1) {
            return false;
        }
        try (var waiting = Blocker.callback()) {
            servlet.getServletContextResponse().writeInterim(HttpStatus.PROCESSING_102, HttpFields.EMPTY).whenComplete((_, gone) -> {
                if (gone == null) {
                    waiting.succeeded();
                } else {
                    waiting.failed(gone);
                }
            });
            waiting.block();
        }
        return true;
    }

    /// Says of an answer that it goes out as it comes: nothing on its way may keep it, change it or hold it back.
    public static void unbuffered(Context ctx) {
        ctx.header("Cache-Control", "no-store, no-transform").header("X-Accel-Buffering", "no");
    }

    /// Counts what is answered from now on among what this client must take in time: see [UnreadAnswers].
    ///
    /// @param client an account or an address
    void countFor(String client) {
        watched().ifPresent(watched -> watched.client(Optional.of(client)));
    }

    /// Leaves it to whoever writes what is answered from now on to see to it that somebody takes it.
    public void countForNobody() {
        watched().ifPresent(watched -> watched.client(Optional.empty()));
    }

    /// Whom it counts for.
    Optional<String> client() {
        return watched().flatMap(WatchedEndPoint::client);
    }

    /// @return cuts off what is answered from now on, where it waits for its client and that has taken it too slowly so far
    Runnable cutOffIfSlow() {
        var written = endPoint.getConnection();
        long began = System.nanoTime();
        long before = written.getBytesOut();
        return () -> {
            long millis = (System.nanoTime() - began) / 1_000_000;
            if (millis >= SLOW_AFTER_MILLIS && written.getBytesOut() - before < millis * MIN_BYTES_PER_MILLI) {
                watched().ifPresent(WatchedEndPoint::cutOffIfWaiting);
            }
        };
    }

    private Optional<WatchedEndPoint> watched() {
        var own = endPoint instanceof EndPoint.Wrapper wrapper ? wrapper.unwrap() : endPoint;
        return own instanceof WatchedEndPoint watched ? Optional.of(watched) : Optional.empty();
    }

    /// Breaks it. An answer in chunks then lacks its last one, so that nobody takes the half for the whole.
    public void cut() {
        endPoint.close();
    }

    /// Breaks it behind what was just written, for which the client has some time: many, as browsers' `fetch`, throw away what they
    /// have not given on when their connection breaks (WHATWG Streams, ReadableStreamDefaultControllerError).
    public void breakOffOnceRead() {
        for (int waited = 0; waited < TO_READ_MILLIS && !saysNoMore(); waited += LOOK_MILLIS) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
        }
        breakOff();
    }

    /// Breaks it so that nobody takes the half of an answer for the whole.
    public void breakOff() {
        if (metaData.getHttpVersion() != HttpVersion.HTTP_1_1 || !metaData.isPersistent()) {
            reset();
        } else {
            cut();
        }
    }

    /// Breaks it by RST in place of FIN, for an answer that ends with its connection (RFC 9112, 6.3): to the other end a FIN says
    /// that the answer is whole.
    private void reset() {
        try {
            if (endPoint.getTransport() instanceof SocketChannel channel) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException gone) {
            // then there is nobody to tell
        }
        cut();
    }
}
