package runnel.faults;

import java.sql.Connection;
import java.sql.SQLException;
import runnel.store.Database;
import runnel.store.Sql;

/// A database that can be read and not written, until it is closed, as on a file system that went read-only: SQLite says
/// "attempt to write a readonly database" (SQLITE_READONLY).
public final class UnwritableDatabase implements AutoCloseable {
    private final Connection writer;

    private UnwritableDatabase(Connection writer) {
        this.writer = writer;
        queryOnly(true);
    }

    public static UnwritableDatabase of(Database database) {
        return new UnwritableDatabase(database.write(Sql::connection));
    }

    /// By the connection itself, since the database would not get so far as to run this.
    private void queryOnly(boolean on) {
        try (var statement = writer.createStatement()) {
            statement.execute("pragma query_only = " + on);
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    @Override
    public void close() {
        queryOnly(false);
    }
}
