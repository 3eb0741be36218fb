package runnel.store;

import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Predicate;

/// Where everything lasting is. Both calls block; what the work throws comes through, and undoes the work.
public interface Database extends AutoCloseable {
    /// Runs `work` on a consistent view.
    ///
    /// @throws StoreException where the database refuses for now
    /// @throws StoreFault where it never will
    <T> T read(Function<Sql, T> work);

    /// Runs `work` as one transaction, which is on disk when this returns.
    ///
    /// @throws StoreException where the database refuses for now
    /// @throws StoreFault where it never will
    <T> T write(Function<Sql, T> work);

    /// The same as [#read], for what may take long: it stands in nobody's way, waits for other searches of this person, and is ended
    /// after some seconds.
    ///
    /// @throws runnel.chat.Refused where it was ended
    default <T> T search(String owner, Function<Sql, T> work) {
        return read(work);
    }

    /// Does what is left to do behind a write that is on disk. What fails of it is logged and left to the next time: the write has not
    /// failed. Not for use inside of a transaction.
    static void later(Runnable rest) {
        Sql.FAULTS.guard(() -> {
            try {
                rest.run();
            } catch (StoreException refused) {
                // for now
            }
        });
    }

    /// Does [#later] what is done in parts, each a transaction, until one says that nothing is left.
    default void finish(Predicate<Sql> part) {
        later(() -> {
            while (write(part::test)) {
                // until nothing is left
            }
        });
    }

    /// Takes what was deleted out of its files soon, the log too. For use in [Sql#afterCommit].
    default void wipe() {}

    /// Looks whether it answers, and whether it can write again where it could not.
    ///
    /// @throws StoreException where it does not or cannot
    default void check() {
        read(sql -> sql.number("select 1"));
    }

    /// How large it is, in bytes.
    ///
    /// @throws StoreException where it does not answer
    default long bytes() {
        return read(sql -> sql.number("select page_count * page_size from pragma_page_count, pragma_page_size"));
    }

    /// The folder of the files that people have sent.
    Path uploads();

    /// How long its transactions take.
    Durations writing();

    /// Rings when users have news.
    NotificationWaiters bell();

    @Override
    void close();
}
