package runnel.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One reader of one stream: checks that every token comes once and in order, and that the stream ends as a whole one.
final class Reader {
    private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STOP = "event: stop".getBytes(StandardCharsets.US_ASCII);
    /// As much of `event: message`.
    private static final byte[] PIECE = "event: mess".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DONE = "data: [DONE".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_ENDING = 2_000;

    private final StampScanner scanner = new StampScanner();
    private final StampScanner.Finder finder = this::token;
    private final byte[] line = new byte[STOP.length];
    private final StringBuilder ending = new StringBuilder();
    private final Tally tally;
    private final long asked;
    private int length;
    private int next;
    private boolean begun;
    private boolean stopped;
    private long now;

    /// @param asked when the stream was asked for, by [Stamp#now]
    Reader(Tally tally, long asked) {
        this.tally = tally;
        this.asked = asked;
    }

    void take(byte[] bytes, int from, int to, long arrived) {
        now = arrived;
        for (int at = from; at < to; at++) {
            scanner.scan(bytes[at], finder);
            line(bytes[at]);
        }
    }

    private void token(int number, long written, int bytes) {
        if (number < next) {
            tally.doubled();
            return;
        }
        tally.lost(number - next);
        next = number + 1;
        firstText();
        tally.token(Stamp.between(written, now), bytes);
    }

    private void line(byte character) {
        if (stopped && ending.length() < MAX_ENDING) {
            ending.append((char) character);
        }
        if (character == '\n') {
            length = 0;
        } else if (length < line.length) {
            line[length++] = character;
            beginning();
        }
    }

    /// Looks at the beginning of a line: a stream's events are told by that.
    private void beginning() {
        if (length == DATA.length && begins(DATA)) {
            tally.event();
        } else if (length == line.length && begins(PIECE)) {
            firstText();
            tally.piece();
        } else if (length == line.length && (begins(STOP) || begins(DONE))) {
            stopped = true;
            ending.append(new String(line, StandardCharsets.US_ASCII));
        }
    }

    private boolean begins(byte[] what) {
        return Arrays.equals(line, 0, what.length, what, 0, what.length);
    }

    private void firstText() {
        if (!begun) {
            begun = true;
            tally.begun(Stamp.between(asked, now));
        }
    }

    /// The stream is over: what has not come by now is lost.
    ///
    /// @param expected how many tokens there should be, or fewer than none where nobody knows
    void ended(int expected, String good) {
        tally.lost(Math.max(0, expected - next));
        tally.ended(stopped && ending.indexOf(good) >= 0);
    }
}
