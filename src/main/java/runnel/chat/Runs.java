package runnel.chat;

import java.util.Arrays;

/// Where the runs of a text begin, in order, and of what kind they are; each goes on to where the next one begins.
///
/// It grows as the text does: the entries never change, so that those with more runs share the array, which has one writer.
public final class Runs {
    public static final Runs NONE = new Runs(new int[0], 0);

    private static final Run.Kind[] KINDS = Run.Kind.values();
    private static final int FEW = 4;

    /// Of each run where it begins, in bytes, and its kind.
    private final int[] entries;
    private final int count;

    private Runs(int[] entries, int count) {
        this.entries = entries;
        this.count = count;
    }

    /// These, and one more, which begins at a place behind all others.
    public Runs with(Run.Kind kind, int start) {
        int at = 2 * count;
        int[] grown = at < entries.length ? entries : Arrays.copyOf(entries, Math.max(FEW, 2 * at));
        grown[at] = start;
        grown[at + 1] = kind.ordinal();
        return new Runs(grown, count + 1);
    }

    public int count() {
        return count;
    }

    public int start(int run) {
        return entries[2 * run];
    }

    public Run.Kind kind(int run) {
        return KINDS[entries[2 * run + 1]];
    }

    /// The run that the bytes behind a place belong to: the last one that does not begin behind it; 0 where there is none.
    public int at(int place) {
        int low = 0;
        int high = count - 1;
        while (low < high) {
            int middle = low + high + 1 >>> 1;
            if (start(middle) <= place) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
