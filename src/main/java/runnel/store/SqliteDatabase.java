package runnel.store;

import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import javax.sql.DataSource;
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
    private static final int ROOM = 64 << 10;

    private final ThreadLocal<Sql> reader;
    private final ExecutorService readers;
    private final SqliteWriter writer;
    private final Bell bell = new Bell();

    private SqliteDatabase(DataSource source) {
        this.reader = ThreadLocal.withInitial(() -> readOnly(Sql.open(source)));
        this.readers = Executors.newFixedThreadPool(READERS, Thread.ofPlatform().daemon().name("store-reader-", 0).factory());
        this.writer = new SqliteWriter(source);
    }

    /// Opens the database in `file`, making or migrating it where needed.
    ///
    /// @throws StoreException where the file cannot be opened, written or understood
    public static SqliteDatabase open(Path file) {
        NativeLibrary.keepIn(file.resolveSibling("native"));
        var source = source(file);
        Migrations.apply(source, Migrations.SQLITE);
        return new SqliteDatabase(source);
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

    private static Sql readOnly(Sql sql) {
        sql.once("pragma query_only = true");
        FoldedSearch.register(sql.connection());
        return sql;
    }

    @Override
    public <T> T read(Function<Sql, T> work) {
        try {
            return Awaited.get(readers.submit(() -> reader.get().view(work)));
        } catch (RejectedExecutionException closed) {
            throw new StoreException("the database is closed", closed);
        }
    }

    @Override
    public <T> T write(Function<Sql, T> work) {
        return writer.write(work);
    }

    /// Where the last write was refused, a new one shows whether there is room again: nobody may be writing just now.
    @Override
    public void check() {
        if (writer.refusing()) {
            writer.write(SqliteDatabase::tryRoom);
        } else {
            Database.super.check();
        }
    }

    private static int tryRoom(Sql sql) {
        sql.update("insert into checkpoint (reply, reasoning, start, piece) values ('', false, 0, ?)", " ".repeat(ROOM));
        return sql.update("delete from checkpoint where reply = ''");
    }

    @Override
    public Durations writing() {
        return writer.took();
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
