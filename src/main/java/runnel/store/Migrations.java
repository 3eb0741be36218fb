package runnel.store;

import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.migration.JavaMigration;

/// Brings a database to the schema that this version of the program wants.
public final class Migrations {
    /// The newest of the files in `resources/db/migration` and the classes of [#IN_JAVA]; a test compares.
    public static final String NEWEST = "23";
    /// The newest that a database has had.
    public static final String VERSION = "select max(cast(version as integer)) from flyway_schema_history where success";
    /// What the migrations must write differently for SQLite.
    static final Map<String, String> SQLITE = Map.of("sequence", "integer primary key autoincrement",
            "key", "integer primary key", "bytes", "blob");

    static final JavaMigration[] IN_JAVA = {new V7__Plain_text(), new V10__Runs()};

    private Migrations() {}

    static void apply(DataSource source, Map<String, String> dialect) {
        if (current(source)) {
            return; // Flyway takes a quarter of a second to find out the same
        }
        try {
            Flyway.configure().dataSource(source).placeholders(dialect).javaMigrations(IN_JAVA)
                    .ignoreMigrationPatterns(new String[0]) // a newer version's database is not for this one to write in
                    .load().migrate();
        } catch (FlywayException failure) {
            throw new StoreException("the database cannot be brought to this version's schema", failure);
        }
    }

    private static boolean current(DataSource source) {
        try (var connection = source.getConnection(); var statement = connection.createStatement();
                var rows = statement.executeQuery(VERSION)) {
            return rows.next() && NEWEST.equals(rows.getString(1));
        } catch (SQLException noHistoryYet) {
            return false;
        }
    }
}
