package runnel.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The AOT cache of the jar that `run.sh` has made before, where it is of this jar and this JDK.
final class Cache {
    private static final Path FILE = Path.of("target/runnel.aot").toAbsolutePath();
    private static final Path JDK = Path.of("target/runnel.aot.jdk").toAbsolutePath();

    private Cache() {}

    /// What a JVM needs to start with it; nothing where there is none.
    static List<String> flags() {
        return isThere() ? List.of("-XX:+UseCompactObjectHeaders", "-XX:AOTCache=" + FILE, "-Xlog:disable") : List.of();
    }

    /// This cache, or else one that is rehearsed for in the folder.
    static Path rehearsed(Path folder) throws IOException, InterruptedException {
        if (isThere()) {
            return FILE;
        }
        try (var rehearsal = Jar.run(folder, Map.of(), "rehearse", "runnel.aot")) {
            rehearsal.output(); // which ends with it, however long the machine takes
            assertEquals(0, rehearsal.exitCode(), Jar.errors(folder));
        }
        return folder.resolve("runnel.aot");
    }

    private static boolean isThere() {
        try {
            return Files.exists(JDK) && Files.getLastModifiedTime(FILE).compareTo(Files.getLastModifiedTime(Jar.FILE)) >= 0
                    && Files.readString(JDK).strip().equals(Files.readString(Path.of(System.getProperty("java.home"), "release")).strip());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
