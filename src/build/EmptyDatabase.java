import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import runnel.store.SqliteDatabase;

/// Puts an empty database into the jar, so that no first start has to make one:
/// `java -cp target/runnel.jar EmptyDatabase.java target/runnel.jar`.
///
/// It is made by the program itself, with the migrations that are in the jar.
final class EmptyDatabase {
    /// The history tells when and how fast each migration was, and the jar has the same bytes each time.
    private static final String TIMELESS = "update flyway_schema_history set installed_on = '1970-01-01 00:00:00.000', execution_time = 0";

    public static void main(String[] args) throws IOException, SQLException {
        var folder = Files.createTempDirectory("runnel-empty");
        try (var jar = FileSystems.newFileSystem(Path.of(args[0]))) {
            var entry = jar.getPath("/runnel/empty.db");
            Files.deleteIfExists(entry);
            Files.copy(made(folder.resolve("runnel.db")), entry);
            Files.setLastModifiedTime(entry, Files.getLastModifiedTime(jar.getPath("/META-INF/MANIFEST.MF")));
        } finally {
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    private static Path made(Path file) throws SQLException {
        SqliteDatabase.open(file).close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file); var statement = connection.createStatement()) {
            statement.execute(TIMELESS);
            statement.execute("vacuum");
        }
        return file;
    }
}
