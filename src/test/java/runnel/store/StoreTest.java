package runnel.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A new database with the schema of this version.
public abstract class StoreTest {
    @TempDir
    protected Path folder;
    protected Database database;

    @BeforeEach
    protected void open() {
        database = SqliteDatabase.open(folder.resolve("runnel.db"));
    }

    @AfterEach
    protected void close() {
        database.close();
    }
}
