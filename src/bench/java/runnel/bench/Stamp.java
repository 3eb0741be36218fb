package runnel.bench;

import java.util.regex.Pattern;

/// The mark that every token of the bench carries: `[17@4123456]` is the eighteenth token, written at that microsecond of a clock
/// that the model and the readers share.
final class Stamp {
    static final Pattern PATTERN = Pattern.compile("\\[(\\d{1,9})@(\\d{1,13})]");
    /// Twelve days of microseconds. What is written must not be negative, and what is read is only ever a difference.
    private static final long MASK = (1L << 40) - 1;

    private Stamp() {}

    static String of(int number) {
        return "[" + number + "@" + now() + "]";
    }

    static long now() {
        return System.nanoTime() / 1_000 & MASK;
    }

    /// Microseconds from one reading of the clock to a later one.
    static long between(long earlier, long later) {
        return later - earlier & MASK;
    }
}
