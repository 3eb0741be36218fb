package runnel.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// How large the terminal is, as `stty` knows it. It is asked again after a while, for a window can be pulled.
final class TerminalSize {
    private static final long FRESH_NANOS = 1_000_000_000L;
    private static final Size UNKNOWN = new Size(80, 0);

    private Size size = UNKNOWN;
    private long asked = System.nanoTime() - FRESH_NANOS;

    /// @param rows 0 where it is not known, so that nothing fits
    record Size(int columns, int rows) {}

    Size now() {
        if (System.nanoTime() - asked >= FRESH_NANOS) {
            size = ask();
            asked = System.nanoTime();
        }
        return size;
    }

    private static Size ask() {
        try {
            var stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            var words = new String(stty.getInputStream().readAllBytes()).strip().split(" ");
            stty.waitFor(1, TimeUnit.SECONDS);
            int rows = Integer.parseInt(words[0]);
            int columns = Integer.parseInt(words[1]);
            return columns > 0 ? new Size(columns, rows) : UNKNOWN;
        } catch (IOException | RuntimeException none) {
            return UNKNOWN;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return UNKNOWN;
        }
    }
}
