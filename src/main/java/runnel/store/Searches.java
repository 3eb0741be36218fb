package runnel.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import runnel.chat.Refused;

/// Reads that may take long. They have threads of their own, so that other reads never wait for them; of each person one runs
/// at a time, and none takes longer than a few seconds, waiting included.
final class Searches implements AutoCloseable {
    private static final Duration MAX = Duration.ofSeconds(5);
    private static final int AT_ONCE = 2;
    private static final int TURNS = 64;

    /// By the hash of a person's id: two who share one wait for each other.
    private final List<Semaphore> turns = Stream.generate(() -> new Semaphore(1, true)).limit(TURNS).toList();
    private final SqliteReaders readers;

    Searches(DataSource source) {
        this.readers = new SqliteReaders(source, "store-search-", AT_ONCE);
    }

    /// @throws Refused where it takes too long
    <T> T run(String owner, Function<Sql, T> work) {
        long deadline = System.nanoTime() + MAX.toNanos();
        var turn = turns.get(Math.floorMod(owner.hashCode(), TURNS));
        try {
            if (!turn.tryAcquire(MAX.toNanos(), TimeUnit.NANOSECONDS)) {
                throw tooSlow();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw tooSlow();
        }
        try {
            return Await.get(readers.submit(sql -> until(deadline, sql, work)));
        } finally {
            turn.release();
        }
    }

    private static <T> T until(long deadline, Sql sql, Function<Sql, T> work) {
        try {
            return sql.until(deadline, work);
        } catch (StoreException ended) {
            throw deadline - System.nanoTime() > 0 ? ended : tooSlow();
        }
    }

    private static Refused tooSlow() {
        return new Refused("search-too-slow", 503, "The search took too long",
                "The search was ended after %d seconds. Search for something else, or when fewer people search."
                        .formatted(MAX.toSeconds()));
    }

    @Override
    public void close() {
        readers.close();
    }
}
