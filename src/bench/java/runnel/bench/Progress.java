package runnel.bench;

import java.io.PrintWriter;

/// Says how far the bench is: on a terminal in one line that changes, elsewhere in a line every few seconds.
final class Progress {
    private static final long PAUSE_NANOS = 5_000_000_000L;
    private static final String AGAIN = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean terminal;
    private long last = System.nanoTime() - PAUSE_NANOS;

    Progress(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /// Something that changes all the time.
    void now(String line) {
        if (terminal) {
            err.print(AGAIN + line);
            err.flush();
        } else if (System.nanoTime() - last >= PAUSE_NANOS) {
            last = System.nanoTime();
            err.println(line);
        }
    }

    /// Something that stays on screen.
    void note(String line) {
        clear();
        err.println(line);
    }

    void clear() {
        if (terminal) {
            err.print(AGAIN);
            err.flush();
        }
    }
}
