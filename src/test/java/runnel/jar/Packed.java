package runnel.jar;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import runnel.cli.JvmFlags;

/// What `./run.sh package` makes, and programs that are run with it.
final class Packed {
    static final Path DIST = Path.of("target/dist").toAbsolutePath();

    record Ran(int status, String output) {}

    private Packed() {}

    /// Packs the jar that is there.
    static void make() throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("bash", "src/package/package.sh"));
        command.addAll(JvmFlags.SERVER);
        var ran = run(Path.of(""), Map.of("JAVA_HOME", System.getProperty("java.home"), "PATH", System.getenv("PATH")), command.toArray(String[]::new));
        if (ran.status != 0) {
            throw new AssertionError(ran.output);
        }
    }

    /// The file whose name ends so.
    static Path file(String end) throws IOException {
        try (Stream<Path> files = Files.list(DIST)) {
            return files.filter(file -> file.toString().endsWith(end)).findFirst().orElseThrow();
        }
    }

    /// @param environment all of it
    static Ran run(Path folder, Map<String, String> environment, String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(folder.toAbsolutePath().toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), output);
    }
}
