package runnel.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/// The embedded database: one file in WAL mode, one writer, a few readers.
///
/// SQLite works on platform threads here, since a native call holds the carrier of a virtual thread for as long as
/// the disk takes, and every stream of the server with it.
public final class SqliteDatabase implements Database {
    /// The folder beside it in which the files are that people have sent.
    public static final String UPLOADS = "uploads";
    /// Written by `src/build/EmptyDatabase.java`.
    private static final String PACKED = "/runnel/empty.db";
    private static final int READERS = 3;
    static final int BUSY_MILLIS = 5_000;
    private static final int ROOM = 64 << 10;
    /// Small, since a commit writes each page whole that it touches, first into the log and later into the file.
    private static final int PAGE_BYTES = 1 << 10;
    /// After how many pages the log is copied into the file: a page that was written often meanwhile is copied once.
    private static final int LOG_PAGES = 4 << 10;

    private final SqliteWriter writer;
    private final SqliteReaders readers;
    private final Searches searches;
    private final NotificationWaiters notificationWaiters = new NotificationWaiters();

    private final Path uploads;

    private SqliteDatabase(DataSource source, Path uploads) {
        this.uploads = uploads;
        this.writer = new SqliteWriter(source);
        this.readers = new SqliteReaders(source, "store-reader-", READERS);
        this.searches = new Searches(source);
    }

    /// Opens the database in `file`, making or migrating it where needed.
    ///
    /// @throws StoreException where the file cannot be opened, written or understood
    public static SqliteDatabase open(Path file) {
        NativeLibrary.keepIn(file.resolveSibling("native"));
        try {
            if (Files.notExists(file)) {
                make(file);
            }
            PrivateFiles.of(file);
        } catch (IOException refused) {
            throw new StoreException("the database cannot be made", refused);
        }
        var source = source(file);
        Migrations.apply(source, Migrations.SQLITE);
        return new SqliteDatabase(source, file.resolveSibling(UPLOADS));
    }

    /// The one that packaging has made by the migrations, which takes Flyway a third of a second; else an empty file for them,
    /// whose pages get their size by the first write.
    private static void make(Path file) throws IOException {
        try (var packed = SqliteDatabase.class.getResourceAsStream(PACKED)) {
            if (packed != null && PrivateFiles.make(file, packed.readAllBytes())) {
                return;
            }
        }
        PrivateFiles.of(file);
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file); var statement = connection.createStatement()) {
            statement.execute("pragma page_size = " + PAGE_BYTES);
            statement.execute("pragma journal_mode = wal");
        } catch (SQLException refused) {
            throw new StoreException("the database cannot be made", refused);
        }
    }

    private static SQLiteDataSource source(Path file) {
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setTransactionMode(TransactionMode.IMMEDIATE);
        config.setPragma(Pragma.WAL_AUTOCHECKPOINT, Integer.toString(LOG_PAGES));
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    @Override
    public <T> T read(Function<Sql, T> work) {
        return Await.get(readers.submit(work));
    }

    @Override
    public <T> T search(String owner, Function<Sql, T> work) {
        return searches.run(owner, work);
    }

    @Override
    public <T> T write(Function<Sql, T> work) {
        return writer.write(work);
    }

    @Override
    public void wipe() {
        writer.wipe();
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
        sql.update("insert into checkpoint (id, pieces) values (-1, zeroblob(?))", ROOM);
        return sql.update("delete from checkpoint where id = -1");
    }

    @Override
    public Path uploads() {
        return uploads;
    }

    @Override
    public Durations writing() {
        return writer.took();
    }

    @Override
    public NotificationWaiters bell() {
        return notificationWaiters;
    }

    /// The writer goes last, since SQLite copies its log into the file, and removes it, when the last connection closes.
    @Override
    public void close() {
        searches.close();
        readers.close();
        writer.close();
    }
}
