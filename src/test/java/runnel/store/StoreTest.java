package runnel.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A new database with the schema of this version.
abstract class StoreTest {
    @TempDir
    Path folder;
    Database database;

    @BeforeEach
    void open() {
        database = SqliteDatabase.open(folder.resolve("runnel.db"));
    }

    @AfterEach
    void close() {
        database.close();
    }
}
