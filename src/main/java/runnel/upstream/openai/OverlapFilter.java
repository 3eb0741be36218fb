package runnel.upstream.openai;

import java.util.Arrays;
import java.util.stream.IntStream;
import runnel.chat.Run;
import runnel.upstream.Sink;

/// Passes on the rest of an answer, without what it repeats of the beginning: some models go back to the last sentence, or
/// to the start, before they go on.
///
/// Text that is not surely repeated stays. Cut is only an exact repetition of the beginning's last characters, at least
/// [#MIN] of them and [#VARIED] different ones (a line of dashes repeats itself rightly), which stand nowhere else in the
/// beginning (nor is a chorus cut). Pieces are held back as long as they may become one, which is a word or two.
final class OverlapFilter implements Sink {
    static final int MIN = 40;
    static final int VARIED = 10;
    /// How far a model can go back and still be noticed; the comparing costs at most the square of it.
    static final int FARTHEST = 16 << 10;

    private final StringBuilder held = new StringBuilder();
    private final String end;
    private final Sink sink;
    /// Where in `end` the answer may have gone back to, in order.
    private int[] starts;
    private boolean passing;

    OverlapFilter(String beginning, Sink sink) {
        this.end = beginning.substring(Math.max(0, beginning.length() - FARTHEST));
        this.starts = IntStream.rangeClosed(0, end.length() - MIN).toArray();
        this.sink = sink;
    }

    @Override
    public void append(Run.Kind kind, String piece) {
        if (kind == Run.Kind.TEXT) {
            text(piece);
        } else {
            inOrder();
            sink.append(kind, piece);
        }
    }

    @Override
    public void call(String id, String name) {
        inOrder();
        sink.call(id, name);
    }

    /// What was held back came before.
    private void inOrder() {
        if (!held.isEmpty()) {
            finish();
        }
    }

    private void text(String piece) {
        if (passing) {
            sink.append(Run.Kind.TEXT, piece);
            return;
        }
        int from = held.length();
        String said = held.append(piece).toString();
        compare(said, from);
        if (starts.length == 0 || end.length() - starts[0] <= said.length()) {
            finish();
        }
    }

    /// Drops the starts that what was said from `from` on speaks against.
    private void compare(String said, int from) {
        int kept = 0;
        for (int start : starts) {
            if (end.regionMatches(start + from, said, from, Math.min(said.length(), end.length() - start) - from)) {
                starts[kept++] = start;
            }
        }
        starts = Arrays.copyOf(starts, kept);
    }

    /// Passes on what is held back, since it is the whole of a repetition, or none.
    void finish() {
        if (passing) {
            return;
        }
        passing = true;
        String rest = held.substring(repeated());
        if (!rest.isEmpty()) {
            sink.append(Run.Kind.TEXT, rest);
        }
    }

    /// The longest repetition decides: where it may be meant, so may a shorter one, which is its end.
    private int repeated() {
        return Arrays.stream(starts).filter(start -> end.length() - start <= held.length()).limit(1)
                .filter(start -> isSurely(end.substring(start), start)).map(start -> end.length() - start).findFirst().orElse(0);
    }

    private boolean isSurely(String repetition, int start) {
        return repetition.chars().distinct().count() >= VARIED && end.indexOf(repetition) == start;
    }
}
