package runnel.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
