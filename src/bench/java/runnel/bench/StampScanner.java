package runnel.bench;

/// Finds stamps in bytes that come in pieces, whatever is around them.
final class StampScanner {
    /// Takes each stamp as it is found.
    interface Finder {
        /// @param bytes how long the stamp is
        void found(int number, long written, int bytes);
    }

    private enum Part { TEXT, NUMBER, TIME }

    private Part part = Part.TEXT;
    private long number;
    private long time;
    private int length;

    void scan(byte next, Finder finder) {
        length++;
        switch (part) {
            case TEXT -> {
                if (next == Stamp.OPEN) {
                    begin();
                }
            }
            case NUMBER -> number(next);
            case TIME -> time(next, finder);
        }
    }

    private void begin() {
        part = Part.NUMBER;
        number = -1;
        length = 1;
    }

    private void number(byte next) {
        if (isDigit(next)) {
            number = Math.max(0, number) * 10 + next - '0';
        } else if (next == Stamp.BETWEEN && number >= 0) {
            part = Part.TIME;
            time = 0;
        } else {
            part = Part.TEXT;
        }
    }

    private void time(byte next, Finder finder) {
        if (isDigit(next)) {
            time = time * 10 + next - '0';
            return;
        }
        part = Part.TEXT;
        if (next == Stamp.CLOSE) {
            finder.found((int) number, time, length);
        }
    }

    private static boolean isDigit(byte next) {
        return next >= '0' && next <= '9';
    }
}
