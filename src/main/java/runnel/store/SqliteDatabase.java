package runnel.store;

import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/// The embedded database: one file in WAL mode, one writer, a few readers.
///
/// SQLite works on platform threads here, since a native call holds the carrier of a virtual thread for as long as
/// the disk takes, and every stream of the server with it.
public final class SqliteDatabase implements Database {
    private static final int READERS = 3;
    private static final int BUSY_MILLIS = 5_000;

    private final ThreadLocal<Handle> reader;
    private final ExecutorService readers;
    private final SqliteWriter writer;
    private final Bell bell = new Bell();

    private SqliteDatabase(Jdbi jdbi) {
        this.reader = ThreadLocal.withInitial(() -> readOnly(jdbi.open()));
        this.readers = Executors.newFixedThreadPool(READERS, Thread.ofPlatform().daemon().name("store-reader-", 0).factory());
        this.writer = new SqliteWriter(jdbi);
    }

    /// Opens the database in `file`, making or migrating it where needed.
    ///
    /// @throws StoreException where the file cannot be opened, written or understood
    public static SqliteDatabase open(Path file) {
        var source = source(file);
        Migrations.apply(source, Migrations.SQLITE);
        return new SqliteDatabase(Jdbi.create(source));
    }

    private static SQLiteDataSource source(Path file) {
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setTransactionMode(TransactionMode.IMMEDIATE);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static Handle readOnly(Handle handle) {
        handle.execute("pragma query_only = true");
        FoldedSearch.register(handle.getConnection());
        return handle;
    }

    @Override
    public <T> T read(Function<Handle, T> work) {
        try {
            return Awaited.get(readers.submit(() -> work.apply(reader.get())));
        } catch (RejectedExecutionException closed) {
            throw new StoreException("the database is closed", closed);
        }
    }

    @Override
    public <T> T write(Function<Handle, T> work) {
        return writer.write(work);
    }

    @Override
    public Bell bell() {
        return bell;
    }

    @Override
    public void close() {
        writer.close();
        readers.shutdownNow();
    }
}
