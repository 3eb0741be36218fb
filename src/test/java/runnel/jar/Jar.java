package runnel.jar;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import runnel.Canaries;
import runnel.Client;

/// The real program, started as its users start it, in a folder where nothing else is.
final class Jar implements AutoCloseable {
    static final Path FILE = Path.of("target/runnel.jar").toAbsolutePath();
    private static final String READY = "Runnel is ready: ";

    private final Process process;
    private final BufferedReader out;
    private final Canaries canaries = new Canaries();
    private String url = "";

    private Jar(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    static Jar run(Path folder, Map<String, String> settings, String... args) {
        var command = Stream.concat(command().stream(), Stream.of(args)).toList();
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(OPENAI|DATA_DIR|PORT|HOST|AUTH|JAVA_TOOL|JDK_JAVA).*"));
        builder.environment().putAll(settings);
        builder.redirectError(folder.resolve("stderr.txt").toFile());
        try {
            return new Jar(builder.start());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Another way to start it.
    ///
    /// @param environment all of it
    static Jar start(Path folder, Map<String, String> environment, List<String> command) {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectError(folder.resolve("stderr.txt").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return new Jar(builder.start());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// What starts it, without its arguments.
    static List<String> command() {
        return command(Cache.flags());
    }

    /// The same, with nothing beside the jar.
    static List<String> alone() {
        return command(List.of());
    }

    private static List<String> command(List<String> flags) {
        var command = new ArrayList<>(List.of(java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(flags);
        command.addAll(List.of("-jar", FILE.toString()));
        return command;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /// Waits for the ready line.
    Jar ready() {
        try {
            var line = out.readLine();
            if (line == null || !line.startsWith(READY)) {
                throw new AssertionError("Not ready but " + line);
            }
            url = line.substring(READY.length());
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    String url() {
        return url;
    }

    Client client() {
        return new Client(path -> URI.create(url + path), canaries.ear("an answer"));
    }

    /// What may not come out of it.
    Canaries canaries() {
        return canaries;
    }

    /// `kill -9`.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// SIGTERM, without waiting.
    void terminate() {
        process.toHandle().destroy(); // the process itself would close what it prints, too
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("It does not end");
        }
        return process.exitValue();
    }

    /// What else it prints, until its end.
    List<String> output() {
        return new ArrayList<>(out.lines().toList());
    }

    static String errors(Path folder) throws IOException {
        return Files.readString(folder.resolve("stderr.txt"));
    }

    @Override
    public void close() throws InterruptedException {
        kill();
        canaries.assertNoLeak();
    }
}
