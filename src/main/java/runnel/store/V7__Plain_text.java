package runnel.store;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.sqlite.Function;

/// Long texts of messages were packed in earlier versions; from now on they are texts, as their columns say.
final class V7__Plain_text extends BaseJavaMigration {
    @Override
    public void migrate(Context context) throws SQLException {
        var connection = context.getConnection();
        Function.create(connection, "unpacked", new Function() {
            @Override
            protected void xFunc() throws SQLException {
                result(new String(PackedBytes.unpack(value_blob(0)), StandardCharsets.UTF_8));
            }
        }, 1, Function.FLAG_DETERMINISTIC);
        try (var statement = connection.createStatement()) {
            statement.executeUpdate("update message set content = unpacked(content) where typeof(content) = 'blob'");
            statement.executeUpdate("update message set reasoning = unpacked(reasoning) where typeof(reasoning) = 'blob'");
        }
        Function.destroy(connection, "unpacked");
    }
}
