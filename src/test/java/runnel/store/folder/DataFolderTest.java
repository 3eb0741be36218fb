package runnel.store.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.store.SqliteDatabase;
import runnel.store.StoreException;

class DataFolderTest {
    @TempDir
    Path temp;

    @Test
    void a_folder_belongs_to_one_at_a_time() {
        try (var first = DataFolder.take(temp)) {
            var refused = assertThrows(StoreException.class, () -> DataFolder.take(temp));
            assertTrue(refused.getMessage().contains("DATA_DIR is used by another Runnel"), refused.getMessage());
            assertEquals(temp.resolve("runnel.db"), first.database());
        }
        DataFolder.take(temp).close();
    }

    @Test
    void it_belongs_to_one_even_where_somebody_deletes_the_file_that_is_named_lock() throws IOException {
        try (var first = DataFolder.take(temp); var database = SqliteDatabase.open(first.database())) {
            first.guard(database);
            Files.delete(temp.resolve("lock"));
            try (var second = DataFolder.take(temp); var same = SqliteDatabase.open(second.database())) {
                var refused = assertThrows(StoreException.class, () -> second.guard(same));
                assertTrue(refused.getMessage().contains("DATA_DIR is used by another Runnel"), refused.getMessage());
            }
        }
        try (var next = DataFolder.take(temp); var database = SqliteDatabase.open(next.database())) {
            next.guard(database);
        }
    }

    @Test
    void it_is_made_with_all_above_it_and_for_its_owner_only() throws IOException {
        var folder = temp.resolve("a/b/c");
        try (var taken = DataFolder.take(folder)) {
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(taken.database().getParent())));
        }
    }

    @Test
    void a_file_in_its_place_is_refused_in_words_without_a_path() throws IOException {
        var file = Files.writeString(temp.resolve("file"), "");
        var refused = assertThrows(StoreException.class, () -> DataFolder.take(file));
        assertTrue(refused.getMessage().startsWith("DATA_DIR cannot be written"), refused.getMessage());
    }

    @Test
    void what_a_process_that_was_killed_has_left_half_made_is_removed_by_the_next() throws IOException {
        Files.createDirectory(temp.resolve("native"));
        for (var left : List.of("making123.tmp", "upload-123.body", "native/unpacking123.tmp")) {
            Files.writeString(temp.resolve(left), "half");
        }
        Files.writeString(temp.resolve("mine.tmp"), "whole");
        DataFolder.take(temp).close();
        try (var files = Files.walk(temp)) {
            assertEquals(List.of("lock", "mine.tmp"), files.filter(Files::isRegularFile).map(file -> temp.relativize(file).toString()).sorted().toList());
        }
    }
}
