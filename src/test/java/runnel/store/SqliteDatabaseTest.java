package runnel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

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
}
