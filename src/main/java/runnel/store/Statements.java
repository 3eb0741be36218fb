package runnel.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The statements of a connection: each is prepared once, by its text, and kept.
final class Statements {
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private final Connection connection;

    Statements(Connection connection) {
        this.connection = connection;
    }

    interface Run<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    /// One that fails is not kept: the driver has closed it, or not, by what it failed for.
    <T> T run(String sql, Object[] values, Run<T> run) throws SQLException {
        boolean well = false;
        try {
            var statement = prepared(sql);
            bind(statement, values);
            T result = run.of(statement);
            statement.clearParameters(); // else many megabytes might wait for the next run
            well = true;
            return result;
        } finally {
            if (!well) {
                forget(sql);
            }
        }
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        var known = prepared.get(sql);
        if (known != null) {
            return known;
        }
        var statement = connection.prepareStatement(sql);
        prepared.put(sql, statement);
        return statement;
    }

    private static void bind(PreparedStatement statement, Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i] instanceof Optional<?> some ? some.orElse(null) : values[i]);
        }
    }

    private void forget(String sql) {
        try (var _ = prepared.remove(sql)) {
            // closes it
        } catch (SQLException sameAgain) {
            // that for which it failed
        }
    }
}
