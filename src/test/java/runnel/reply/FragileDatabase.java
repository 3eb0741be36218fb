package runnel.reply;

import java.util.concurrent.Semaphore;
import java.util.function.Function;
import runnel.store.Database;
import runnel.store.Durations;
import runnel.store.NotificationWaiters;
import runnel.store.Sql;
import runnel.store.StoreException;

/// A database whose disk is full at times.
final class FragileDatabase implements Database {
    private final Database sound;
    private volatile boolean full;
    private final Semaphore refusals = new Semaphore(0);

    FragileDatabase(Database sound) {
        this.sound = sound;
    }

    void fill() {
        full = true;
    }

    void empty() {
        full = false;
    }

    /// Waits until so many writes were refused.
    void awaitRefusals(int writes) throws InterruptedException {
        refusals.acquire(writes);
    }

    @Override
    public <T> T read(Function<Sql, T> work) {
        return sound.read(work);
    }

    @Override
    public <T> T write(Function<Sql, T> work) {
        if (full) {
            refusals.release();
            throw new StoreException("the disk is full", null);
        }
        return sound.write(work);
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
