package runnel.bench;

import java.util.concurrent.Flow;

/// One reader of one stream, line by line: checks that every token comes once and in order, and that the stream ends as a whole one.
final class StreamReader implements Flow.Subscriber<String> {
    private final Tally tally;
    private final long asked;
    private int next;
    private String last = "";

    /// @param asked when the stream was asked for, by [Stamp#now]
    StreamReader(Tally tally, long asked) {
        this.tally = tally;
        this.asked = asked;
    }

    @Override
    public void onSubscribe(Flow.Subscription lines) {
        lines.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        if (!line.startsWith("data:")) {
            return;
        }
        tally.events.increment();
        last = line;
        long now = Stamp.now();
        for (var stamp = Stamp.PATTERN.matcher(line); stamp.find();) {
            token(Integer.parseInt(stamp.group(1)), Stamp.between(Long.parseLong(stamp.group(2)), now), stamp.end() - stamp.start(), now);
        }
    }

    private void token(int number, long micros, int bytes, long now) {
        if (number < next) {
            tally.doubled.increment();
            return;
        }
        if (next == 0) {
            tally.begun(Stamp.between(asked, now));
        }
        tally.lost.add(number - next);
        next = number + 1;
        tally.token(micros, bytes);
    }

    @Override
    public void onError(Throwable broken) {
        last = "";
    }

    @Override
    public void onComplete() {
        // The client says when it is over, also where no line came.
    }

    /// The stream is over: what has not come by now is lost.
    ///
    /// @param expected how many tokens there should be
    /// @param ending   what the last event should contain
    void ended(int expected, String ending) {
        tally.lost.add(Math.max(0, expected - next));
        tally.ended(last.contains(ending));
    }
}
