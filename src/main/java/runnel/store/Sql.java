package runnel.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.slf4j.LoggerFactory;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;
import runnel.chat.FaultLog;

/// A connection to the database, for one thread at a time. Where the database refuses, each method throws a
/// [StoreException] or a [StoreFault], which do not repeat the values.
///
/// The statements are kept by their texts, so a text is never put together from what people write. That goes in by `?`:
/// text, a number, a boolean, null, or an Optional of one of them.
public final class Sql implements AutoCloseable {
    static final FaultLog FAULTS = new FaultLog(LoggerFactory.getLogger(Sql.class)::error);

    /// How many instructions of SQLite's run until it is looked whether time is up.
    private static final int STEPS_PER_LOOK = 1_000;

    private final List<Runnable> afterCommit = new ArrayList<>();
    private final Connection connection;
    private final Statements statements;
    /// How many acts were to follow when a part of the transaction began.
    private int beforePart;
    /// Whether a transaction could not be taken back yet.
    private boolean leftOpen;

    private Sql(Connection connection) {
        this.connection = connection;
        this.statements = new Statements(connection);
    }

    static Sql open(DataSource source) {
        try {
            var connection = source.getConnection();
            // The driver else tries a "begin" and a "commit" behind each statement. To set the flag itself begins nothing.
            connection.unwrap(SQLiteConnection.class).getConnectionConfig().setAutoCommit(false);
            SearchWords.register(connection);
            return new Sql(connection);
        } catch (SQLException refused) {
            throw StoreFault.of(refused);
        }
    }

    /// @return how many rows were written
    public int update(String sql, Object... values) {
        return run(sql, values, PreparedStatement::executeUpdate);
    }

    /// All rows.
    public <T> List<T> list(String sql, Function<Row, T> row, Object... values) {
        return run(sql, values, statement -> {
            try (var rows = statement.executeQuery()) {
                var list = new ArrayList<T>();
                while (rows.next()) {
                    list.add(row.apply(new Row(rows)));
                }
                return list;
            }
        });
    }

    /// The first row, where there is one and something is made of it.
    public <T> Optional<T> first(String sql, Function<Row, T> row, Object... values) {
        return run(sql, values, statement -> {
            try (var rows = statement.executeQuery()) {
                return rows.next() ? Optional.ofNullable(row.apply(new Row(rows))) : Optional.empty();
            }
        });
    }

    /// Whether there is any row.
    public boolean exists(String sql, Object... values) {
        return first(sql, _ -> true, values).isPresent();
    }

    /// The number in the one row that there is.
    public long number(String sql, Object... values) {
        return run(sql, values, statement -> {
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    private <T> T run(String sql, Object[] values, Statements.Run<T> run) {
        try {
            return statements.run(sql, values, run);
        } catch (SQLException refused) {
            throw StoreFault.of(refused);
        }
    }

    /// Runs a statement that is not kept, such as a pragma.
    public void once(String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException refused) {
            throw StoreFault.of(refused);
        }
    }

    /// Runs `act`, which must be short, when what was written is on disk; never where it is undone.
    public void afterCommit(Runnable act) {
        afterCommit.add(act);
    }

    /// Runs `work` on what is there at one moment.
    <T> T view(Function<Sql, T> work) {
        try {
            begin("begin");
            return work.apply(this);
        } finally {
            rollback();
        }
    }

    /// Runs `work`, of which no statement goes on behind a deadline.
    ///
    /// @param deadline by `System.nanoTime`
    /// @throws StoreException where one was ended
    <T> T until(long deadline, Function<Sql, T> work) {
        try {
            ProgressHandler.setHandler(connection, STEPS_PER_LOOK, new ProgressHandler() {
                @Override
                protected int progress() {
                    return deadline - System.nanoTime() > 0 ? 0 : 1;
                }
            });
            try {
                return work.apply(this);
            } finally {
                ProgressHandler.clearHandler(connection);
            }
        } catch (SQLException refused) {
            throw StoreFault.of(refused);
        }
    }

    /// Begins to write. It waits for other processes that do.
    void begin() {
        begin("begin immediate");
    }

    private void begin(String statement) {
        if (leftOpen) {
            takeBack();
        }
        update(statement);
    }

    void commit() {
        update("commit");
    }

    /// Does what was to follow a commit. It throws nothing: what was written is written.
    void followCommit() {
        afterCommit.forEach(FAULTS::guard); // else a group that is on disk would be written again
        afterCommit.clear();
    }

    void rollback() {
        afterCommit.clear();
        try {
            takeBack();
        } catch (Error noMemory) {
            leftOpen = true;
        }
    }

    private void takeBack() {
        try {
            update("rollback");
        } catch (RuntimeException nothingLeft) {
            // SQLite ends a transaction by itself when the disk is full or fails
        }
        leftOpen = false;
    }

    /// Begins a part of the transaction that can be undone by itself.
    void beginPart() {
        update("savepoint part");
        beforePart = afterCommit.size();
    }

    void undoPart() {
        update("rollback to part");
        afterCommit.subList(beforePart, afterCommit.size()).clear();
    }

    void endPart() {
        update("release part");
    }

    /// Copies the log into the file and empties it.
    ///
    /// @return whether nobody was reading what is in it, so that this could be done
    boolean truncateLog() {
        once("pragma busy_timeout = 0"); // a reader is not waited for
        try {
            return number("pragma wal_checkpoint(truncate)") == 0;
        } finally {
            once("pragma busy_timeout = " + SqliteDatabase.BUSY_MILLIS);
        }
    }

    /// Ends, from any thread, the statement that runs now.
    void interrupt() {
        try {
            connection.unwrap(SQLiteConnection.class).getDatabase().interrupt();
        } catch (SQLException closed) {
            // then nothing runs
        }
    }

    public Connection connection() {
        return connection;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException refused) {
            throw StoreFault.of(refused);
        }
    }
}
