package runnel.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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
    void the_bench_is_no_command() throws Exception {
        try (var jar = Jar.run(folder, Map.of(), "bench")) {
            assertEquals(2, jar.exitCode());
        }
        try (var help = Jar.run(folder, Map.of(), "--help")) {
            assertFalse(String.join("\n", help.output()).contains("bench"));
        }
    }
}
