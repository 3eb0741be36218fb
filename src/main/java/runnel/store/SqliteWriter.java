package runnel.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The one writer of an SQLite file. What waits when it comes round is written in one transaction, so that many
/// small writes share the one slow act, the commit that reaches the disk; each still fails or succeeds alone.
final class SqliteWriter implements AutoCloseable {
    private static final int MOST_AT_ONCE = 512;

    private final LinkedBlockingQueue<Write<?>> waiting = new LinkedBlockingQueue<>();
    private final Jdbi jdbi;
    private final Thread thread;
    private final Durations took = new Durations();
    private volatile boolean closed;
    private volatile boolean refusing;

    SqliteWriter(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.thread = Thread.ofPlatform().daemon().name("store-writer").start(this::run);
    }

    <T> T write(Function<Handle, T> work) {
        var write = new Write<>(work);
        waiting.add(write);
        if (closed && waiting.remove(write)) {
            write.cancel(false);
        }
        return Awaited.get(write);
    }

    private void run() {
        try (var handle = jdbi.open()) {
            var group = new ArrayList<Write<?>>();
            while (!closed || !waiting.isEmpty()) {
                group.add(waiting.take());
                waiting.drainTo(group, MOST_AT_ONCE - 1);
                long began = System.nanoTime();
                commit(handle, group);
                took.add(System.nanoTime() - began);
                group.clear();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            closed = true;
            waiting.forEach(write -> write.cancel(false));
        }
    }

    /// Where the transaction of a group is lost, each write has one of its own, so that the one for which there is no room
    /// does not take the small ones with it.
    private void commit(Handle handle, List<Write<?>> group) {
        try {
            handle.begin();
            if (group.size() == 1) {
                group.getFirst().runAlone(handle);
            } else {
                group.forEach(write -> write.run(handle));
            }
            handle.commit();
            group.forEach(Write::committed);
            refusing = group.stream().anyMatch(Write::wasRefused);
        } catch (RuntimeException | Error failure) {
            rollback(handle);
            refusing = group.size() > 1 || Refusals.isOne(failure);
            var undone = group.stream().filter(write -> !write.isDone()).toList();
            if (group.size() == 1) {
                undone.forEach(write -> write.completeExceptionally(failure));
            } else {
                undone.forEach(write -> commit(handle, List.of(write)));
            }
        }
    }

    /// How long each transaction took, with its commit.
    Durations took() {
        return took;
    }

    /// Whether the last thing that was to be written could not be, for a reason that is not its own.
    boolean refusing() {
        return refusing;
    }

    private static void rollback(Handle handle) {
        try {
            handle.rollback();
        } catch (RuntimeException alreadyRolledBack) {
            // SQLite ends a transaction by itself when the disk is full or fails
        }
    }

    /// Writes what waits, then lets go of the file.
    @Override
    public void close() {
        closed = true;
        waiting.add(new Write<>(handle -> null));
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// One piece of work, and the promise of its result, which is kept only after the commit.
    private static final class Write<T> extends CompletableFuture<T> {
        private final Function<Handle, T> work;
        private T result;
        private boolean refused;

        Write(Function<Handle, T> work) {
            this.work = work;
        }

        /// Needs no savepoint: what it throws undoes the whole transaction, which is its own.
        void runAlone(Handle handle) {
            result = work.apply(handle);
        }

        void run(Handle handle) {
            handle.execute("savepoint write"); // in SQL, since Jdbi forgets a savepoint that it rolled back to
            try {
                result = work.apply(handle);
            } catch (RuntimeException | Error failure) {
                undo(handle, failure);
                refused = Refusals.isOne(failure);
                completeExceptionally(failure);
            }
            handle.execute("release write");
        }

        private static void undo(Handle handle, Throwable failure) {
            try {
                handle.execute("rollback to write");
            } catch (RuntimeException nothingLeft) {
                throw new StoreException("the transaction went with it, as happens on a full disk", failure);
            }
        }

        boolean wasRefused() {
            return refused;
        }

        void committed() {
            complete(result);
        }
    }
}
