package runnel.web.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import runnel.chat.Problem;
import runnel.chat.Refused;

/// A budget for the long texts that are in memory while answers with them are written, which takes as long as their readers like: a
/// share of the heap. One that is longer than the budget has it alone.
public final class AnswerMemory {
    private static final int SMALL = 1 << 20;
    private static final int UNIT = 1 << 10;
    private static final Problem BUSY = new Problem("busy", 503, "Busy",
            "Too many long texts are being sent at once. Try again in a moment.");
    public static final AnswerMemory SHARED = new AnswerMemory(Runtime.getRuntime().maxMemory() / 4, Duration.ofSeconds(10));

    private final int units;
    private final Semaphore free;
    private final Duration patience;

    /// @param bytes    how much there is
    /// @param patience how long an answer waits for its room
    AnswerMemory(long bytes, Duration patience) {
        this.units = (int) Math.min(Integer.MAX_VALUE, bytes / UNIT);
        this.free = new Semaphore(units, true);
        this.patience = patience;
    }

    /// Writes an answer as soon as there is room for its longest text.
    ///
    /// @throws Refused where there is none for too long
    public void answer(long longestBytes, Runnable write) {
        if (longestBytes <= SMALL) {
            write.run();
            return;
        }
        int taken = (int) Math.min(units, longestBytes / UNIT);
        try {
            if (!free.tryAcquire(taken, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Refused(BUSY);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new Refused(BUSY);
        }
        try {
            write.run();
        } finally {
            free.release(taken);
        }
    }
}
