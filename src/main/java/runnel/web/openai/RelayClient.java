package runnel.web.openai;

import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import runnel.chat.FaultLog;
import runnel.chat.Problem;
import runnel.chat.Refused;
import runnel.upstream.Relay;
import runnel.upstream.UpstreamException;
import runnel.web.http.Authorization;
import runnel.web.http.HttpConnection;
import runnel.web.http.Json;
import runnel.web.http.OpenAiError;
import runnel.web.http.Problems;

/// Gives its client what a relay brings. The request's thread reads a piece and writes it, so that the server is read as fast as the
/// client takes it and no faster; a second thread looks every now and then whether the client is still there and may be.
final class RelayClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RelayClient.class);
    private static final FaultLog FAULTS = new FaultLog(LOG::error);
    private static final long LOOK_MILLIS = 250;
    /// How often a client that says no more is written to, which shows whether it is still there.
    private static final long PROBE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int LOOKS_PER_AUTHORIZATION = 12;
    /// How long a client that was told of the end may take for it.
    private static final int LOOKS_PER_END = 8;
    /// How long one that says no more is taken to read where nothing can be written to it: by HTTP/1.0, and in the middle of a body.
    private static final int LOOKS_UNPROBED = 20;
    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final Problem LEFT = new Problem("client-left", 499, "The client left", "Nobody waits for the answer any more.");

    private final ReentrantLock writing = new ReentrantLock();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Context ctx;
    private final Relay relay;
    private final HttpConnection connection;
    private final long heartbeatNanos;
    private boolean events;
    /// Whether what was written ends between two events.
    private boolean between;
    private long wrote = System.nanoTime();
    private int looks;
    private int looksAtEnd;
    private int looksUnprobed;
    private volatile boolean ended;

    RelayClient(Context ctx, Relay relay, Duration heartbeat) {
        this.ctx = ctx;
        this.relay = relay;
        this.connection = new HttpConnection(ctx);
        this.heartbeatNanos = heartbeat.toNanos();
        Thread.ofVirtual().name("relay-watch").start(this::watch);
    }

    /// Returns when the client has all, or has gone.
    ///
    /// @return whether nothing is missing that it was promised; else the connection is to break behind what it got
    boolean pass() {
        try {
            pass(relay.head());
        } catch (UpstreamException none) {
            refuse(none.problem());
        }
        return !ended;
    }

    /// Before the relay ends, for which a stop of the server waits.
    private void refuse(Problem why) {
        if (why == LEFT) {
            connection.cut();
            return;
        }
        writing.lock();
        try {
            Problems.answerNow(ctx, new Refused(why));
        } catch (IOException gone) {
            LOG.debug("Nobody was told that there is no answer.", gone);
        } finally {
            writing.unlock();
        }
    }

    private void pass(Relay.Head head) {
        ctx.status(head.status()).contentType(head.events() ? "text/event-stream; charset=utf-8" : "application/json");
        head.headers().forEach(ctx::header);
        HttpConnection.unbuffered(ctx);
        try {
            begin(head.events());
            for (var piece = relay.next(); piece.length > 0; piece = relay.next()) {
                write(piece);
            }
        } catch (UpstreamException broken) {
            if (ctx.res().isCommitted()) {
                breakOff(broken.problem());
            } else {
                refuse(broken.problem());
            }
        } catch (IOException gone) {
            LOG.debug("A client left in the middle of a relayed answer.", gone);
        }
    }

    private void begin(boolean stream) throws IOException {
        writing.lock();
        try {
            events = stream;
            between = true;
            wrote = System.nanoTime();
            if (stream) {
                ctx.res().flushBuffer();
            }
        } finally {
            writing.unlock();
        }
    }

    private void write(byte[] piece) throws IOException {
        writing.lock();
        try {
            ServletOutputStream out = ctx.res().getOutputStream();
            out.write(piece);
            out.flush();
            wrote = System.nanoTime();
            looksUnprobed = 0;
            between = endsEvent(piece);
        } finally {
            writing.unlock();
        }
    }

    private static boolean endsEvent(byte[] piece) {
        var end = new String(piece, Math.max(0, piece.length - 4), Math.min(4, piece.length), StandardCharsets.ISO_8859_1);
        return end.endsWith("\n\n") || end.endsWith("\r\n\r\n") || end.endsWith("\r\r");
    }

    /// OpenAI's SDKs throw an exception at an event with an error.
    private void breakOff(Problem why) {
        ended = true;
        try {
            if (events && why != LEFT) {
                write(("\n\ndata: " + Json.write(OpenAiError.json(new Refused(why))) + "\n\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException gone) {
            LOG.debug("Nobody was told that the answer broke off.", gone);
        }
    }

    private void watch() {
        try {
            while (!over.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (IOException gone) {
            relay.cancel(LEFT);
        } catch (RuntimeException | Error fault) {
            FAULTS.tell("A relay was given up.", fault);
            relay.cancel(LEFT);
            connection.cut();
        }
    }

    private synchronized void look() throws IOException {
        if (over.getCount() == 0) {
            return;
        }
        looks++;
        boolean probes = connection.saysNoMore();
        if (looks % LOOKS_PER_AUTHORIZATION == 0) {
            authorize();
        }
        if (!writing.tryLock()) {
            if (!relay.held() && ++looksAtEnd > LOOKS_PER_END) {
                connection.cut();
            }
            return;
        }
        try {
            if (!ended && System.nanoTime() - wrote >= (probes ? Math.min(PROBE_NANOS, heartbeatNanos) : heartbeatNanos)) {
                showSign(probes);
            }
        } finally {
            writing.unlock();
        }
    }

    private void showSign(boolean probes) throws IOException {
        if (events && between) {
            write(HEARTBEAT);
        } else if (probes && HttpConnection.probe(ctx)) {
            wrote = System.nanoTime();
        } else if (probes && ++looksUnprobed > LOOKS_UNPROBED) {
            throw new IOException("a client says no more, and cannot be asked whether it still reads");
        }
    }

    /// What let the client in may have ended.
    private void authorize() {
        try {
            Authorization.checkAgain(ctx);
        } catch (Refused shutOut) {
            relay.cancel(shutOut.problem());
        }
    }

    /// Not while the other thread looks at the connection, which may carry another request then.
    @Override
    public synchronized void close() {
        over.countDown();
    }
}
