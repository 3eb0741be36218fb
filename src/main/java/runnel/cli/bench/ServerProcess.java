package runnel.cli.bench;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import runnel.cli.JvmFlags;
import runnel.settings.SettingsTable;
import runnel.settings.StartupFailure;

/// A server of the bench's own: this jar in a process of its own, with the flags of `run.sh`, over an empty folder.
final class ServerProcess implements AutoCloseable {
    private static final int STOP_SECONDS = 20;
    private static final String READY = "Runnel is ready: ";

    private final Process process;
    private final URI url;
    private final double readyMillis;

    private ServerProcess(Process process, URI url, double readyMillis) {
        this.process = process;
        this.url = url;
        this.readyMillis = readyMillis;
    }

    /// As `run.sh` would start it.
    ///
    /// @param folder where its data and its log go
    /// @param model  the base URL of the scripted model
    static ServerProcess start(Path folder, String model) throws IOException {
        return start(folder, model, usualFlags());
    }

    /// @param flags of the JVM, besides those that every server runs with
    static ServerProcess start(Path folder, String model, List<String> flags) throws IOException {
        var builder = new ProcessBuilder(command(flags)).directory(folder.toFile()).redirectError(folder.resolve("log").toFile());
        SettingsTable.ALL.forEach(setting -> {
            builder.environment().remove(setting.name());
            setting.aliases().forEach(builder.environment()::remove);
        });
        builder.environment().putAll(settings(folder, model));
        long began = System.nanoTime();
        var process = builder.start();
        var ready = process.inputReader().lines().filter(line -> line.startsWith(READY)).findFirst();
        if (ready.isEmpty()) {
            process.destroyForcibly();
            throw StartupFailure.because("The server to be measured does not start:\n" + Files.readString(folder.resolve("log")).strip());
        }
        return new ServerProcess(process, URI.create(ready.get().substring(READY.length())), (System.nanoTime() - began) / 1e6);
    }

    /// What a server is told that only the bench talks to.
    private static Map<String, String> settings(Path folder, String model) {
        return Map.ofEntries(Map.entry("HOST", "127.0.0.1"), Map.entry("PORT", "0"), Map.entry("AUTH", "none"),
                Map.entry("DATA_DIR", folder.resolve("data").toString()), Map.entry("OPENAI_BASE_URL", model),
                Map.entry("OPENAI_API_KEY", "bench"), Map.entry("OPENAI_MODEL", "bench"), Map.entry("MAX_STREAMS", "1000000"),
                Map.entry("MAX_STREAMS_PER_USER", "1000000"), Map.entry("MAX_RUNNING", "1000000"), Map.entry("SHUTDOWN_GRACE", "0"));
    }

    private static List<String> usualFlags() {
        var flags = new ArrayList<String>();
        var cache = Path.of(classPath().replaceFirst("\\.jar$", ".aot"));
        if (isJar() && Files.exists(cache)) {
            flags.addAll(List.of("-XX:AOTCache=" + cache.toAbsolutePath(), "-Xlog:disable"));
        }
        flags.addAll(List.of(System.getenv().getOrDefault("RUNNEL_JAVA_OPTS", "").strip().split("\\s+")));
        flags.removeIf(String::isEmpty);
        return flags;
    }

    private static List<String> command(List<String> flags) {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(JvmFlags.SERVER);
        command.addAll(flags);
        command.addAll(isJar() ? List.of("-jar", absolute(classPath())) : List.of("-cp", absolute(classPath()), "runnel.Main"));
        return command;
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    private static boolean isJar() {
        return classPath().endsWith(".jar") && !classPath().contains(File.pathSeparator);
    }

    private static String absolute(String classPath) {
        return String.join(File.pathSeparator, List.of(classPath.split(File.pathSeparator)).stream()
                .map(part -> Path.of(part).toAbsolutePath().toString()).toList());
    }

    URI url() {
        return url;
    }

    long pid() {
        return process.pid();
    }

    /// Milliseconds from the start of the process until it said that it is ready.
    double readyMillis() {
        return readyMillis;
    }

    /// Tells it to end, and waits for as long as that takes.
    void end() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException hurry) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
