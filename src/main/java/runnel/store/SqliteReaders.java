package runnel.store;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.sql.DataSource;

/// Connections that only read, each with a platform thread of its own.
final class SqliteReaders implements AutoCloseable {
    private static final long INTERRUPT_MILLIS = 50;

    private final Queue<Sql> opened = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<Sql> mine;
    private final ExecutorService threads;

    SqliteReaders(DataSource source, String name, int count) {
        this.mine = ThreadLocal.withInitial(() -> open(source));
        var number = new AtomicInteger(); // the builder's own counter is a VarHandle, for which each start would make classes
        this.threads = Executors.newFixedThreadPool(count,
                work -> Thread.ofPlatform().daemon().name(name + number.getAndIncrement()).unstarted(work));
    }

    private Sql open(DataSource source) {
        var sql = Sql.open(source);
        opened.add(sql);
        sql.once("pragma query_only = true");
        return sql;
    }

    /// Runs `work` on a consistent view, as soon as one of the threads is free.
    ///
    /// @throws StoreException where these are closed
    <T> Future<T> submit(Function<Sql, T> work) {
        try {
            return threads.submit(() -> mine.get().view(work));
        } catch (RejectedExecutionException closed) {
            throw new StoreException("the database is closed", closed);
        }
    }

    /// Ends what is being read, and lets go of the file.
    @Override
    public void close() {
        threads.shutdownNow().forEach(waiting -> ((Future<?>) waiting).cancel(false));
        try {
            do {
                opened.forEach(Sql::interrupt); // more than once, since one that comes before the statement has begun does nothing
            } while (!threads.awaitTermination(INTERRUPT_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        opened.forEach(Sql::close);
    }
}
