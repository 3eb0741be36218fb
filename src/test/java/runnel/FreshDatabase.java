package runnel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import runnel.store.SqliteDatabase;

/// A database that nothing was written into, made once and copied: all the migrations take a quarter of what the tests of the web do.
final class FreshDatabase {
    private static final byte[] CONTENT = make();

    private FreshDatabase() {}

    /// Puts it into a folder that is there and has none.
    static void putInto(Path data) {
        Path file = data.resolve("runnel.db");
        if (Files.isDirectory(data) && Files.notExists(file)) {
            write(file);
        }
    }

    private static void write(Path file) {
        try {
            Files.write(file, CONTENT);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static byte[] make() {
        try {
            Path folder = Files.createTempDirectory(Path.of("target"), "fresh");
            Path file = folder.resolve("runnel.db");
            SqliteDatabase.open(file).close();
            byte[] content = Files.readAllBytes(file);
            Files.delete(file);
            return content;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
