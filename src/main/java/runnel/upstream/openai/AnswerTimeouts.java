package runnel.upstream.openai;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import runnel.chat.Problem;

/// How long an answer is waited for. Three limits, of which whichever is reached first ends it:
///
/// - silence: nothing at all came for [Endpoint.Waits#silence], not even a comment;
/// - the whole: [Endpoint.Waits#whole] is over and the model makes a pause of [#PAUSE]; one that writes is not cut;
/// - the end: the model has said that it is done, and nothing more was said for a while. That is no failure.
final class AnswerTimeouts implements AutoCloseable {
    /// How long a model that has had its time may be silent, and how long a server may take over what nobody waits for: the
    /// end of a stream after its model has said that it is done, and the words of a refusal.
    static final Duration PAUSE = Duration.ofSeconds(5);
    /// The same where the first piece of a model's first answer had the word for the end with it, as some servers write it to each.
    static final Duration FIRST = Duration.ofSeconds(10);
    /// The same where the server's word for the end has proved to mean nothing, or nothing was said yet.
    static final Duration DOUBT = Duration.ofSeconds(30);

    private final Watchdog watchdog;
    private final Endpoint.Waits waits;
    private final Consumer<Problem> tooLate;
    private final Runnable finished;
    private final long begun = System.nanoTime();
    private volatile long heard = begun;
    private volatile long said = begun;
    private volatile long linger;
    private boolean closed;
    private Future<?> next = CompletableFuture.completedFuture(null);

    /// @param finished called when only the end of the stream is missing, and does not come
    AnswerTimeouts(Watchdog watchdog, Endpoint.Waits waits, Consumer<Problem> tooLate, Runnable finished) {
        this.watchdog = watchdog;
        this.waits = waits;
        this.tooLate = tooLate;
        this.finished = finished;
        look();
    }

    /// Bytes came.
    void heard() {
        heard = System.nanoTime();
    }

    /// A piece of the answer came.
    void said() {
        said = System.nanoTime();
    }

    /// Only the end may still come.
    void finishing(Duration most) {
        said = System.nanoTime();
        if (linger != most.toNanos()) {
            linger = most.toNanos();
            look();
        }
    }

    /// The question is asked once more.
    void again() {
        linger = 0;
        heard();
    }

    private synchronized void look() {
        if (closed) {
            return;
        }
        next.cancel(false);
        long now = System.nanoTime();
        long pause = Math.min(PAUSE.toNanos(), waits.whole().toNanos());
        long whole = Math.max(begun + waits.whole().toNanos(), said + pause) - now;
        long silent = heard + waits.silence().toNanos() - now;
        long end = linger == 0 ? Long.MAX_VALUE : said + linger - now;
        if (end <= 0) {
            finished.run();
        } else if (whole <= 0) {
            tooLate.accept(UpstreamProblems.tooSlow(waits.whole()));
        } else if (silent <= 0) {
            tooLate.accept(UpstreamProblems.silent(waits.silence()));
        } else {
            next = watchdog.after(Duration.ofNanos(Math.min(end, Math.min(whole, silent)) + 1_000_000), this::look);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        next.cancel(false);
    }
}
