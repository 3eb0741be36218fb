package runnel.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.sql.DataSource;

/// The one writer of an SQLite file. What waits when it comes round is written in one transaction, so that many
/// small writes share the one slow act, the commit that reaches the disk; each still fails or succeeds alone.
final class SqliteWriter implements AutoCloseable {
    private static final int MAX_AT_ONCE = 512;
    private static final long WIPE_MILLIS = 300;
    private static final long BUSY_WIPE_NANOS = 3_000_000_000L;
    /// The second time for what a running reply has still written of what was deleted.
    private static final int WIPES = 2;

    private final LinkedBlockingQueue<Write<?>> waiting = new LinkedBlockingQueue<>();
    private final Sql sql;
    private final Thread thread;
    private final Durations took = new Durations();
    private final GroupCommitDelay groupCommitDelay = new GroupCommitDelay();
    private volatile boolean closed;
    private volatile boolean refusing;
    private volatile int wipes;
    private long wiped = System.nanoTime();

    SqliteWriter(DataSource source) {
        this.sql = Sql.open(source);
        sql.once("pragma secure_delete = true"); // what is deleted is overwritten
        this.thread = Thread.ofPlatform().daemon().name("store-writer").start(this::run);
    }

    <T> T write(Function<Sql, T> work) {
        var write = new Write<>(work);
        waiting.add(write);
        if (closed && waiting.remove(write)) {
            write.cancel(false);
        }
        return Await.get(write);
    }

    private void run() {
        try (sql) {
            var group = new ArrayList<Write<?>>();
            while (!closed || !waiting.isEmpty()) {
                writeNext(group);
                group.clear();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            closed = true;
            waiting.forEach(write -> write.cancel(false));
        }
    }

    private void writeNext(List<Write<?>> group) throws InterruptedException {
        try {
            var next = wipes > 0 ? waiting.poll(WIPE_MILLIS, TimeUnit.MILLISECONDS) : waiting.take();
            if (next != null) {
                group.add(next);
                commitWith(group);
            }
            wipeLog(next == null);
        } catch (RuntimeException | Error fault) { // locked, or no memory: this thread goes on all the same
            refusing = true;
            sql.rollback();
            group.forEach(write -> write.completeExceptionally(fault));
        }
    }

    private void commitWith(List<Write<?>> group) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(groupCommitDelay.pause(System.nanoTime()));
        waiting.drainTo(group, MAX_AT_ONCE - 1);
        long began = System.nanoTime();
        groupCommitDelay.committing(group.size(), began);
        commit(group);
        took.add(System.nanoTime() - began);
    }

    /// Between two groups it is done more seldom, since others wait.
    private void wipeLog(boolean idle) {
        long now = System.nanoTime();
        if (wipes > 0 && (idle || now - wiped > BUSY_WIPE_NANOS)) {
            wiped = now;
            wipes -= sql.truncateLog() ? 1 : 0;
        }
    }

    /// Where the transaction of a group is lost, each write has one of its own, so that the one for which there is no room
    /// does not take the small ones with it. Where none can begin, as the file is locked, all that are left fail at once: each would
    /// wait for the lock anew.
    private void commit(List<Write<?>> group) {
        sql.begin();
        try {
            if (group.size() == 1) {
                group.getFirst().runAlone(sql);
            } else {
                group.forEach(write -> write.run(sql));
            }
            sql.commit();
        } catch (RuntimeException | Error failure) {
            undo(group, failure);
            return;
        }
        refusing = group.stream().anyMatch(Write::wasRefused); // before those that wait look
        sql.followCommit();
        group.forEach(Write::committed);
    }

    private void undo(List<Write<?>> group, Throwable failure) {
        sql.rollback();
        refusing = group.size() > 1 || failure instanceof StoreException;
        var undone = group.stream().filter(write -> !write.isDone()).toList();
        if (group.size() == 1) {
            undone.forEach(write -> write.completeExceptionally(failure));
        } else {
            undone.forEach(write -> commit(List.of(write)));
        }
    }

    /// Empties the log as soon as nobody writes, or some seconds later, so that what was deleted is in no file any more.
    void wipe() {
        wipes = WIPES;
    }

    /// How long each transaction took, with its commit.
    Durations took() {
        return took;
    }

    /// Whether the last thing that was to be written could not be, for a reason that is not its own.
    boolean refusing() {
        return refusing;
    }

    /// Writes what waits, then lets go of the file.
    @Override
    public void close() {
        closed = true;
        waiting.add(new Write<>(sql -> null));
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// One piece of work, and the promise of its result, which is kept only after the commit.
    private static final class Write<T> extends CompletableFuture<T> {
        private final Function<Sql, T> work;
        private T result;
        private boolean refused;

        Write(Function<Sql, T> work) {
            this.work = work;
        }

        /// Needs no savepoint: what it throws undoes the whole transaction, which is its own.
        void runAlone(Sql sql) {
            result = work.apply(sql);
        }

        void run(Sql sql) {
            sql.beginPart();
            try {
                result = work.apply(sql);
            } catch (RuntimeException | Error failure) {
                undo(sql, failure);
                refused = failure instanceof StoreException;
                completeExceptionally(failure);
            }
            sql.endPart();
        }

        private static void undo(Sql sql, Throwable failure) {
            try {
                sql.undoPart();
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
