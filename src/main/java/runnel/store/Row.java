package runnel.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// One row of a result, read by the names of its columns while it is the present one.
public final class Row {
    private final ResultSet rows;

    Row(ResultSet rows) {
        this.rows = rows;
    }

    private interface Getter<T> {
        T get(ResultSet rows, String column) throws SQLException;
    }

    private <T> T value(String column, Getter<T> getter) {
        try {
            return getter.get(rows, column);
        } catch (SQLException refused) {
            throw StoreFault.of(refused);
        }
    }

    private <T> Optional<T> optional(String column, Getter<T> getter) {
        return value(column, (_, _) -> {
            T value = getter.get(rows, column);
            return rows.wasNull() ? Optional.empty() : Optional.of(value);
        });
    }

    public String text(String column) {
        return value(column, ResultSet::getString);
    }

    public Optional<String> optionalText(String column) {
        return optional(column, ResultSet::getString);
    }

    public byte[] bytes(String column) {
        return value(column, ResultSet::getBytes);
    }

    public int integer(String column) {
        return value(column, ResultSet::getInt);
    }

    public long number(String column) {
        return value(column, ResultSet::getLong);
    }

    public Optional<Long> optionalNumber(String column) {
        return optional(column, ResultSet::getLong);
    }

    public Optional<Double> optionalDecimal(String column) {
        return optional(column, ResultSet::getDouble);
    }

    public boolean flag(String column) {
        return value(column, ResultSet::getBoolean);
    }
}
