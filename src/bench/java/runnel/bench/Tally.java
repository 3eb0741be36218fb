package runnel.bench;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;

/// What the readers of a run have got so far. All threads write it and read it.
final class Tally {
    private static final int DIGITS = 2;
    private static final long MAX_MICROS = 3_600_000_000L;

    /// Readers that have got a first token.
    final LongAdder begun = new LongAdder();
    /// Readers whose stream is over, well or badly, and those of them whose stream did not end as a whole one.
    final LongAdder ended = new LongAdder();
    final LongAdder failed = new LongAdder();
    /// Tokens that came, the doubled ones not counted; that did not come, or not in order; that came again.
    final LongAdder tokens = new LongAdder();
    final LongAdder lost = new LongAdder();
    final LongAdder doubled = new LongAdder();
    final LongAdder events = new LongAdder();
    /// Bytes of the tokens' text.
    final LongAdder textBytes = new LongAdder();
    private final ConcurrentHistogram latency = new ConcurrentHistogram(MAX_MICROS, DIGITS);
    private final ConcurrentHistogram firstToken = new ConcurrentHistogram(MAX_MICROS, DIGITS);
    private final AtomicReference<String> complaint = new AtomicReference<>("");

    /// @param micros from the question
    void begun(long micros) {
        begun.increment();
        firstToken.recordValue(Math.min(micros, MAX_MICROS));
    }

    /// @param micros from the model's write to the reader's read
    void token(long micros, int bytes) {
        tokens.increment();
        textBytes.add(bytes);
        latency.recordValue(Math.min(micros, MAX_MICROS));
    }

    void ended(boolean well) {
        ended.increment();
        failed.add(well ? 0 : 1);
    }

    long open() {
        return begun.sum() - ended.sum();
    }

    boolean allWell() {
        return failed.sum() == 0 && lost.sum() == 0 && doubled.sum() == 0;
    }

    /// Keeps the first reason why a stream failed.
    void complain(String why) {
        complaint.compareAndSet("", why);
    }

    Optional<String> complaint() {
        return Optional.of(complaint.get()).filter(why -> !why.isEmpty());
    }

    double latencyMillis(double percent) {
        return millis(latency, percent);
    }

    double firstTokenMillis(double percent) {
        return millis(firstToken, percent);
    }

    private static double millis(ConcurrentHistogram micros, double percent) {
        return micros.getTotalCount() == 0 ? Double.NaN : micros.getValueAtPercentile(percent) / 1e3;
    }
}
