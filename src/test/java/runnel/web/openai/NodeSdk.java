package runnel.web.openai;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Runs the scripts in `src/test/openai` with Node.js and the SDKs from npm that their `package-lock.json` names.
final class NodeSdk {
    private static final Path SOURCE = Path.of("src/test/openai");
    private static final Path FOLDER = Path.of("target/openai");
    private static final String NODE = Optional.ofNullable(System.getenv("RUNNEL_NODE")).orElse("node");

    private NodeSdk() {}

    /// What a script writes to its standard output. Where it fails, what it complains of is the message.
    static synchronized String run(String script, String... args) {
        try {
            installInTurn();
            return execute(Stream.concat(Stream.of(NODE, script), Stream.of(args)).toArray(String[]::new));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Other test JVMs want the same folder.
    private static void installInTurn() throws IOException {
        Files.createDirectories(FOLDER);
        try (var lock = FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE); var _ = lock.lock()) {
            install();
        }
    }

    private static void install() throws IOException {
        var lock = FOLDER.resolve("package-lock.json");
        boolean installed = Files.exists(FOLDER.resolve("node_modules/.package-lock.json")) && Files.mismatch(SOURCE.resolve("package-lock.json"), lock) < 0;
        try (var files = Files.list(SOURCE)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, FOLDER.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!installed) {
            execute("npm", "ci", "--no-audit", "--no-fund");
        }
    }

    /// What a command writes to its standard output. Where it fails, what it complains of is the message.
    static String execute(String... command) throws IOException {
        Files.createDirectories(FOLDER);
        var errors = Files.createTempFile("node", ".txt");
        var builder = new ProcessBuilder(command).directory(FOLDER.toFile()).redirectError(errors.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("OPENAI_"));
        var process = builder.start();
        try {
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", command) + " failed\n" + said + Files.readString(errors));
            }
            return said;
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        } finally {
            process.destroyForcibly();
            Files.delete(errors);
        }
    }
}
