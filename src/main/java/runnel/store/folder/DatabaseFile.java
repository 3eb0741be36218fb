package runnel.store.folder;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import runnel.store.Migrations;
import runnel.store.StoreException;

/// What is done to a database file as such, whatever version's it is: nothing here migrates it.
public final class DatabaseFile {
    private static final int BUSY_MILLIS = 5_000;

    private DatabaseFile() {}

    private static Connection open(Path file) throws SQLException {
        var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (var statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = " + BUSY_MILLIS);
        }
        return connection;
    }

    /// Writes what is in it at this moment into `copy`, which is empty.
    ///
    /// @throws StoreException where it cannot be read, or there is no room
    static void snapshot(Path file, Path copy) {
        try (var connection = open(file); var statement = connection.prepareStatement("vacuum into ?")) {
            statement.setString(1, copy.toString());
            statement.execute();
        } catch (SQLException refused) {
            throw new StoreException("The database cannot be copied: " + StoreException.reason(refused) + ".", refused);
        }
    }

    /// The number of the newest migration that it has had; nothing where it is no database of this program.
    static Optional<Long> version(Path file) {
        try (var connection = open(file); var statement = connection.createStatement();
                var rows = statement.executeQuery(Migrations.VERSION)) {
            return rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty();
        } catch (SQLException noneOfOurs) {
            return Optional.empty();
        }
    }

    /// Gives those replies that may still grow texts of other names: what grew after a backup was taken must not be spliced with what
    /// grows after it is back, see [runnel.chat.Cursor].
    static void renewEpochs(Path file) {
        try (var connection = open(file); var statement = connection.createStatement()) {
            statement.executeUpdate("""
                    update message set epoch = (random() >> 11) & 0x1fffffffffffff
                    where epoch is not null and (status <> 'complete' or finish_reason = 'length')""");
        } catch (SQLException refused) {
            throw new StoreException("The restored database cannot be written: its disk is full. Nothing was changed.", refused);
        }
    }

    /// What SQLite finds wrong in the file; empty where nothing is.
    ///
    /// @throws StoreException where it cannot be read as a database
    public static List<String> damage(Path file) {
        try (var connection = open(file); var statement = connection.createStatement()) {
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
        try (var connection = open(file); var statement = connection.createStatement()) {
            statement.execute("begin immediate");
            statement.execute("create table doctor (bytes blob)");
            statement.execute("rollback");
        } catch (SQLException refused) {
            throw new StoreException("the database cannot be written", refused);
        }
    }
}
