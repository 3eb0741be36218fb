package runnel.bench;

import java.util.Optional;

/// What the readers of a run have got. One thread writes it; the others see what was last published.
final class Tally {
    private final Histogram latency = new Histogram();
    private final Histogram firstToken = new Histogram();
    private int asked;
    private int begun;
    private int ended;
    private int failed;
    private long tokens;
    private long lost;
    private long doubled;
    private long pieces;
    private long events;
    private long textBytes;
    private volatile String complaint = "";
    private volatile Counts published = Counts.NONE;

    void asked() {
        asked++;
    }

    void begun(long micros) {
        begun++;
        firstToken.add(micros);
    }

    void token(long micros, int bytes) {
        tokens++;
        textBytes += bytes;
        latency.add(micros);
    }

    void lost(long count) {
        lost += count;
    }

    void doubled() {
        doubled++;
    }

    void piece() {
        pieces++;
    }

    void event() {
        events++;
    }

    void ended(boolean well) {
        ended++;
        failed += well ? 0 : 1;
    }

    /// Keeps the first reason why a stream failed.
    void complain(String why) {
        if (complaint.isEmpty()) {
            complaint = why;
        }
    }

    void publish() {
        published = new Counts(asked, begun, ended, failed, begun - ended, tokens, lost, doubled, pieces, events, textBytes);
    }

    Counts now() {
        return published;
    }

    Optional<String> complaint() {
        return Optional.of(complaint).filter(why -> !why.isEmpty());
    }

    /// Microseconds from the model's write to the reader's read, token by token. To be read when the run is over.
    Histogram latency() {
        return latency;
    }

    /// Microseconds from the question to the first token, stream by stream.
    Histogram firstToken() {
        return firstToken;
    }
}
