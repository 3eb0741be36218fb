package runnel.store;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Looks into a database file without changing it.
public final class DatabaseCheck {
    private static final String BUSY = "pragma busy_timeout = 5000";

    private DatabaseCheck() {}

    /// What SQLite finds wrong in the file; empty where nothing is.
    ///
    /// @throws StoreException where it cannot be read as a database
    public static List<String> damage(Path file) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file); var statement = connection.createStatement()) {
            statement.execute(BUSY);
            var damage = new ArrayList<String>();
            try (var rows = statement.executeQuery("pragma quick_check(3)")) {
                while (rows.next()) {
                    damage.add(rows.getString(1));
                }
            }
            damage.remove("ok");
            return damage;
        } catch (SQLException refused) {
            throw new StoreException("the file cannot be read as a database", refused);
        }
    }

    /// Begins to write, and takes it back.
    ///
    /// @throws StoreException where that is refused
    public static void write(Path file) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file); var statement = connection.createStatement()) {
            statement.execute(BUSY);
            statement.execute("begin immediate");
            statement.execute("create table doctor (bytes blob)");
            statement.execute("rollback");
        } catch (SQLException refused) {
            throw new StoreException("the database cannot be written", refused);
        }
    }
}
