package runnel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {
    @TempDir
    Path folder;

    @Test
    void of_those_who_make_a_file_at_once_one_makes_it_and_what_was_written_since_stays() throws Exception {
        var file = folder.resolve("file");
        try (var threads = Executors.newFixedThreadPool(8)) {
            Callable<Boolean> making = () -> {
                assertTrue(PrivateFiles.make(file, new byte[] {1, 2, 3}));
                Files.write(file, new byte[] {4, 5});
                return PrivateFiles.make(file, new byte[] {6});
            };
            for (var made : threads.invokeAll(Collections.nCopies(50, making))) {
                assertTrue(made.get());
            }
        }
        assertEquals(List.of(file), files());
        assertEquals(2, Files.size(file));
    }

    @Test
    void what_is_made_is_only_its_owners() throws IOException {
        var file = folder.resolve("file");
        PrivateFiles.make(file, new byte[] {1});
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }
}
