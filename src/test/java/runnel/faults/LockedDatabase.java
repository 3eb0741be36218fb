package runnel.faults;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// A database whose write lock another program holds, until it is closed: a backup, a person with a shell.
public final class LockedDatabase implements AutoCloseable {
    private final Connection connection;

    private LockedDatabase(Connection connection) {
        this.connection = connection;
    }

    public static LockedDatabase in(Path data) {
        try {
            var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("runnel.db"));
            try (var statement = connection.createStatement()) {
                statement.execute("pragma busy_timeout = 5000");
                statement.execute("begin immediate");
            }
            return new LockedDatabase(connection);
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }
}
