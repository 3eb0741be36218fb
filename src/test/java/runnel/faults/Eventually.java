package runnel.faults;

import java.util.function.BooleanSupplier;

/// Waits for what comes soon, but not at once.
public final class Eventually {
    private static final long MAX_MILLIS = 20_000;

    private Eventually() {}

    public static void holds(BooleanSupplier fact) {
        long deadline = System.nanoTime() + MAX_MILLIS * 1_000_000;
        while (!fact.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("It did not come about within " + MAX_MILLIS + " ms");
            }
            sleep(20);
        }
    }

    public static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }
}
