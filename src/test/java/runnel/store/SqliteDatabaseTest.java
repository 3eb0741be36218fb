package runnel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteDataSource;

class SqliteDatabaseTest extends DatabaseTest {
    @Override
    Database open() {
        return SqliteDatabase.open(folder.resolve("runnel.db"));
    }

    private String pragma(String name) {
        return database.write(sql -> sql.first("pragma " + name, row -> row.getString(1)).orElseThrow());
    }

    @Test
    void a_commit_is_on_disk() {
        assertEquals("wal", pragma("journal_mode"));
        assertEquals("2", pragma("synchronous"), "FULL");
        assertEquals("1", pragma("foreign_keys"));
    }

    @Test
    void a_file_that_is_no_database_is_refused_and_left_alone() throws IOException {
        var file = Files.writeString(folder.resolve("other.db"), "This is somebody's letter, not a database. ".repeat(50));
        assertThrows(StoreException.class, () -> SqliteDatabase.open(file));
        assertEquals("This is", Files.readString(file).substring(0, 7));
    }

    @Test
    void the_newest_migration_is_the_one_that_is_taken_for_the_newest() throws IOException {
        try (var files = Files.list(Path.of("src/main/resources/db/migration"))) {
            var versions = files.map(file -> file.getFileName().toString().replaceAll("^V(\\d+)__.*\\.sql$", "$1")).toList();
            assertEquals(Migrations.NEWEST, versions.stream().max(Comparator.comparingInt(Integer::parseInt)).orElseThrow());
            assertEquals(List.of(), versions.stream().filter(version -> !version.matches("\\d+")).toList());
        }
    }

    @Test
    void a_database_of_a_newer_version_is_refused() {
        database.write(sql -> sql.update("""
                insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                values (999, '999', 'tomorrow', 'SQL', 'V999__tomorrow.sql', 1, 'somebody', 1, true)"""));
        database.close();
        assertThrows(StoreException.class, this::open);
        database = SqliteDatabase.open(folder.resolve("another.db"));
    }

    @Test
    void what_a_crash_has_left_under_an_older_version_is_kept() {
        var file = folder.resolve("older.db");
        older(file, """
                insert into chat (id, owner, title, system, created, updated) values ('c', 'me', '', '', 0, 0), ('d', 'me', '', '', 0, 0);
                insert into message (id, chat, parent, role, content, reasoning, status, model, epoch, created) values
                    ('01890000-0000-7000-8000-000000000001', 'c', 'p', 'assistant', 'zero ', '', 'streaming', 'm', 1, 0),
                    ('01890000-0000-7000-8000-000000000002', 'd', 'p', 'assistant', '', '', 'streaming', 'm', 1, 0);
                insert into checkpoint (reply, reasoning, start, piece) values
                    ('01890000-0000-7000-8000-000000000001', false, 0, 'of an earlier run'),
                    ('01890000-0000-7000-8000-000000000001', false, 5, 'hällo '),
                    ('01890000-0000-7000-8000-000000000001', true, 0, 'because'),
                    ('01890000-0000-7000-8000-000000000001', false, 12, '😀'),
                    ('01890000-0000-7000-8000-000000000001', false, 17, 'behind a gap');
                """);
        try (var migrated = SqliteDatabase.open(file)) {
            var replies = new StoredReplies(migrated);
            assertEquals(2, replies.recover().size());
            assertEquals("zero hällo 😀", replies.find("me", "01890000-0000-7000-8000-000000000001").orElseThrow().text().contentText());
            assertEquals("because", replies.find("me", "01890000-0000-7000-8000-000000000001").orElseThrow().text().reasoningText());
            assertEquals("", replies.find("me", "01890000-0000-7000-8000-000000000002").orElseThrow().text().contentText());
        }
    }

    /// A database of the fifth version.
    private static void older(Path file, String rows) {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file);
        Flyway.configure().dataSource(source).placeholders(Migrations.SQLITE).target("5").load().migrate();
        try (var connection = source.getConnection(); var statement = connection.createStatement()) {
            for (var insert : rows.split(";\n")) {
                statement.executeUpdate(insert);
            }
        } catch (SQLException refused) {
            throw new AssertionError(refused);
        }
    }

    @Test
    void a_new_file_has_small_pages() {
        assertEquals("1024", pragma("page_size"));
    }
}
