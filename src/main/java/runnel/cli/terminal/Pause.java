package runnel.cli.terminal;

/// Waiting between tries.
final class Pause {
    private static final long FIRST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 5_000;

    private long millis = FIRST_MILLIS;

    /// Waits longer from time to time, by chance up to a half more, so that not all come back to a server at once.
    void next() {
        millis(millis + (long) (Math.random() * millis / 2));
        millis = Math.min(2 * millis, LONGEST_MILLIS);
    }

    /// It went well: the next wait is a short one again.
    void reset() {
        millis = FIRST_MILLIS;
    }

    /// @return whether it was not interrupted
    static boolean millis(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
