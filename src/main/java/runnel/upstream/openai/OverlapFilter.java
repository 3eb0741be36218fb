package runnel.upstream.openai;

import java.util.Arrays;
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
    private int count;
    private boolean passing;

    OverlapFilter(String beginning, Sink sink) {
        this.end = beginning.substring(Math.max(0, beginning.length() - FARTHEST));
        this.sink = sink;
    }

    @Override
    public void reasoning(String piece) {
        sink.reasoning(piece);
    }

    @Override
    public void content(String piece) {
        if (passing) {
            sink.content(piece);
            return;
        }
        held.append(piece);
        compare(held.length() - piece.length());
        if (count == 0 || end.length() - starts[0] <= held.length()) {
            finish();
        }
    }

    /// Drops the starts that the piece from `from` speaks against.
    private void compare(int from) {
        if (starts == null) {
            starts = new int[Math.max(0, end.length() - MIN + 1)];
            count = starts.length;
            Arrays.setAll(starts, at -> at);
        }
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (agrees(starts[i], from)) {
                starts[kept++] = starts[i];
            }
        }
        count = kept;
    }

    private boolean agrees(int start, int from) {
        int to = Math.min(held.length(), end.length() - start);
        for (int i = from; i < to; i++) {
            if (end.charAt(start + i) != held.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Passes on what is held back, since it is the whole of a repetition, or none.
    void finish() {
        if (passing) {
            return;
        }
        passing = true;
        String rest = held.substring(repeated());
        if (!rest.isEmpty()) {
            sink.content(rest);
        }
    }

    /// The longest repetition decides: where it may be meant, so may a shorter one, which is its end.
    private int repeated() {
        for (int i = 0; i < count; i++) {
            int length = end.length() - starts[i];
            if (length <= held.length()) {
                return isSurely(end.substring(starts[i]), starts[i]) ? length : 0;
            }
        }
        return 0;
    }

    private boolean isSurely(String repetition, int start) {
        return repetition.chars().distinct().count() >= VARIED && end.indexOf(repetition) == start;
    }
}
