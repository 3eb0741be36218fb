package runnel.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.store.SqliteDatabase;

/// What is in the jar that people run, and what is not.
@Tag("jar")
class ContentsTest {
    @TempDir
    Path folder;

    @Test
    void the_bench_is_not_in_it() throws IOException {
        try (var jar = new JarFile("target/runnel.jar")) {
            assertEquals(List.of(), jar.stream().map(entry -> entry.getName()).filter(name -> name.matches("(?i).*(bench|hdrhistogram).*")).toList());
        }
    }

    /// JVMS 4.10.1: the JVM's cache takes only classes with stack maps.
    @Test
    void no_class_is_too_old_for_the_cache_with_which_it_starts_fast() throws IOException {
        try (var jar = new JarFile("target/runnel.jar")) {
            var old = new ArrayList<String>();
            for (var entry : Collections.list(jar.entries())) {
                if (entry.getName().endsWith(".class") && ByteBuffer.wrap(jar.getInputStream(entry).readNBytes(8)).getShort(6) < 50) {
                    old.add(entry.getName());
                }
            }
            assertEquals(List.of(), old);
        }
    }

    @Test
    void the_database_of_a_first_start_is_what_the_migrations_make() throws Exception {
        var packed = folder.resolve("packed.db");
        try (var jar = new JarFile("target/runnel.jar")) {
            Files.write(packed, jar.getInputStream(jar.getEntry("runnel/empty.db")).readAllBytes());
        }
        var made = folder.resolve("made.db");
        SqliteDatabase.open(made).close();
        for (var question : List.of("select group_concat(type || name || sql, char(10) order by type, name) from sqlite_schema",
                "select group_concat(version || checksum, ' ' order by installed_rank) from flyway_schema_history where success",
                "pragma page_size", "pragma journal_mode", "pragma user_version")) {
            assertEquals(answer(made, question), answer(packed, question));
        }
    }

    private static String answer(Path file, String question) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var rows = connection.createStatement().executeQuery(question)) {
            return rows.getString(1);
        }
    }

    @Test
    void the_bench_is_no_command() throws Exception {
        try (var jar = Jar.run(folder, Map.of(), "bench")) {
            assertEquals(2, jar.exitCode());
        }
        try (var help = Jar.run(folder, Map.of(), "--help")) {
            assertFalse(String.join("\n", help.output()).contains("bench"));
        }
    }
}
