package runnel.reply;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import runnel.store.Database;
import runnel.store.Durations;
import runnel.store.NotificationWaiters;
import runnel.store.Sql;
import runnel.store.StoreException;

/// A database whose disk is full at times, or that fails otherwise.
public final class FragileDatabase implements Database {
    private final Database sound;
    private volatile Optional<Supplier<Throwable>> failure = Optional.empty();
    private final Semaphore refusals = new Semaphore(0);

    public FragileDatabase(Database sound) {
        this.sound = sound;
    }

    public void fill() {
        fail(() -> new StoreException("the disk is full", null));
    }

    /// Fails each write with what is given: a [RuntimeException] or an [Error].
    public void fail(Supplier<Throwable> thrown) {
        failure = Optional.of(thrown);
    }

    public void empty() {
        failure = Optional.empty();
    }

    /// Waits until so many writes were refused.
    public void awaitRefusals(int writes) throws InterruptedException {
        refusals.acquire(writes);
    }

    @Override
    public Path uploads() {
        return sound.uploads();
    }

    @Override
    public <T> T read(Function<Sql, T> work) {
        return sound.read(work);
    }

    @Override
    public <T> T write(Function<Sql, T> work) {
        var thrown = failure.map(Supplier::get);
        if (thrown.isPresent()) {
            refusals.release();
            throw unchecked(thrown.get());
        }
        return sound.write(work);
    }

    private static RuntimeException unchecked(Throwable thrown) {
        return switch (thrown) {
            case Error error -> throw error;
            case RuntimeException runtime -> runtime;
            default -> new IllegalArgumentException(thrown);
        };
    }

    @Override
    public Durations writing() {
        return sound.writing();
    }

    @Override
    public NotificationWaiters bell() {
        return sound.bell();
    }

    @Override
    public void close() {
        sound.close();
    }
}
