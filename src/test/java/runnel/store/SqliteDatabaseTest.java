package runnel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteDataSource;
import runnel.store.chat.Chats;
import runnel.store.chat.PendingTexts;
import runnel.store.chat.SearchQuery;
import runnel.store.reply.ReplyStarts;
import runnel.store.reply.StoredReplies;

class SqliteDatabaseTest extends DatabaseTest {
    @Override
    Database open() {
        return SqliteDatabase.open(folder.resolve("runnel.db"));
    }

    private String pragma(String name) {
        return database.write(sql -> sql.first("pragma " + name, row -> row.text(name)).orElseThrow());
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
            var inJava = Arrays.stream(Migrations.IN_JAVA).map(migration -> migration.getVersion().getVersion());
            var versions = Stream.concat(inJava, files.map(file -> file.getFileName().toString().replaceAll("^V(\\d+)__.*\\.sql$", "$1"))).toList();
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
    void texts_that_version_6_has_packed_are_read_sought_and_continued() throws IOException {
        var file = folder.resolve("version-6.db");
        try (var packed = new GZIPInputStream(getClass().getResourceAsStream("version-6.db.gz"))) {
            Files.copy(packed, file);
        }
        var words = "Die Brücke über den Fluß 😀 stands. ".repeat(60) + "needle";
        try (var migrated = SqliteDatabase.open(file)) {
            var replies = new StoredReplies(migrated);
            var longReply = replies.find("local", "01a2221b-0624-7bdf-a512-610c5d4a3f55").orElseThrow().text();
            assertEquals(words, longReply.contentText());
            assertEquals("I think. ".repeat(150) + "thought", longReply.reasoningText());
            PendingTexts.finish(migrated);
            assertEquals(1, new Chats(migrated, "local").list(Optional.of(SearchQuery.of("BRÜCKE ÜBER")), Optional.empty(), 10).size());
            assertEquals(2, replies.recover().size());
            assertEquals("half of it, ".repeat(100), replies.find("local", "01a2221b-063a-787d-a671-3a363d0e1e7c").orElseThrow().text().contentText());
            assertEquals("first part, ".repeat(120) + "second part",
                    replies.find("local", "01a2221b-0646-7d10-9b2b-549b5c08669e").orElseThrow().text().contentText());
            var resumed = new ReplyStarts(migrated, "").resume("local", "01a2221b-0624-7bdf-a512-610c5d4a3f55");
            assertEquals(words, resumed.text().contentText());
            assertEquals(0L, migrated.<Long>read(sql -> sql.number("select count(*) from message where typeof(content) <> 'text'")));
        }
    }

    @Test
    void after_it_was_closed_the_file_alone_holds_everything() throws IOException {
        database.write(sql -> sql.update("insert into thing (name) values ('kept')"));
        assertEquals(1L, database.<Long>read(sql -> sql.number("select count(*) from thing")));
        assertEquals(1L, database.<Long>search("me", sql -> sql.number("select count(*) from thing")));
        database.close();

        assertFalse(Files.exists(folder.resolve("runnel.db-wal")));
        var alone = Files.createDirectory(folder.resolve("alone")).resolve("copy.db");
        Files.copy(folder.resolve("runnel.db"), alone);
        try (var copy = SqliteDatabase.open(alone)) {
            assertEquals(1L, copy.<Long>read(sql -> sql.number("select count(*) from thing")));
        }
        database = open();
    }

    @Test
    void what_was_deleted_is_soon_in_no_file() throws IOException {
        var secret = "Nobody may read this again. ".repeat(2_000);
        var opened = Stored.answered(database, "me", secret, secret);
        assertTrue(anyFileHolds("Nobody may read this again"));
        new Chats(database, "me").delete(opened.reply().chat());
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (anyFileHolds("Nobody may read this again") && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertFalse(anyFileHolds("Nobody may read this again"));
    }

    @Test
    void what_was_deleted_is_soon_in_no_file_while_others_write() throws Exception {
        var others = Thread.startVirtualThread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                database.write(sql -> sql.update("insert or replace into thing (name) values ('again')"));
            }
        });
        what_was_deleted_is_soon_in_no_file();
        others.interrupt();
        others.join();
    }

    private boolean anyFileHolds(String text) throws IOException {
        for (var name : List.of("runnel.db", "runnel.db-wal")) {
            if (Files.readString(folder.resolve(name), StandardCharsets.ISO_8859_1).contains(text)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void only_its_owner_reads_its_files_in_a_folder_that_was_there_before_too() throws IOException {
        database.close();
        for (var name : List.of("runnel.db", "other.db")) {
            var file = folder.resolve(name);
            if (Files.exists(file)) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            }
            try (var opened = SqliteDatabase.open(file)) {
                opened.write(sql -> sql.update("create table private (id integer)"));
                for (var suffix : List.of("", "-wal", "-shm")) {
                    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name + suffix))), name + suffix);
                }
            }
        }
        database = open();
    }

    @Test
    void a_new_file_has_small_pages() {
        assertEquals("1024", pragma("page_size"));
    }
}
