package runnel.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// A server of the bench's own, started by `run.sh`, which becomes its process, over an empty folder.
final class ServerProcess implements AutoCloseable {
    private static final int STOP_SECONDS = 20;
    private static final String SCRIPT = System.getProperty("runnel.script", Path.of("run.sh").toAbsolutePath().toString());
    /// What is left of the environment: settings of Runnel are not.
    private static final Set<String> KEPT = Set.of("PATH", "HOME", "TMPDIR", "JAVA_HOME", "RUNNEL_JAVA_OPTS", "RUNNEL_JDK_DIRS");
    private static final String READY = "Runnel is ready: ";

    private final Process process;
    private final URI url;
    private final double readyMillis;

    private ServerProcess(Process process, URI url, double readyMillis) {
        this.process = process;
        this.url = url;
        this.readyMillis = readyMillis;
    }

    /// @param folder where its data and its log go
    /// @param model  the address of the scripted model
    static ServerProcess start(Path folder, URI model, Optional<TrustedCertificate> certificate) throws IOException {
        var builder = new ProcessBuilder(SCRIPT).directory(folder.toFile()).redirectError(folder.resolve("log").toFile());
        builder.environment().keySet().retainAll(KEPT);
        builder.environment().putAll(settings(folder, model));
        certificate.ifPresent(trusted -> trusted.trustIn(builder.environment()));
        long began = System.nanoTime();
        var process = builder.start();
        var ready = process.inputReader().lines().filter(line -> line.startsWith(READY)).findFirst();
        if (ready.isEmpty()) {
            process.destroyForcibly();
            throw new BenchException("The server to be measured does not start:\n" + Files.readString(folder.resolve("log")).strip());
        }
        return new ServerProcess(process, URI.create(ready.get().substring(READY.length())), (System.nanoTime() - began) / 1e6);
    }

    /// What a server is told that only the bench talks to.
    private static Map<String, String> settings(Path folder, URI model) {
        return Map.ofEntries(Map.entry("HOST", "127.0.0.1"), Map.entry("PORT", "0"), Map.entry("AUTH", "none"),
                Map.entry("DATA_DIR", folder.resolve("data").toString()), Map.entry("OPENAI_BASE_URL", model + "/v1"),
                Map.entry("OPENAI_API_KEY", "bench"), Map.entry("OPENAI_MODEL", "bench"), Map.entry("MAX_STREAMS", "1000000"),
                Map.entry("MAX_STREAMS_PER_USER", "1000000"), Map.entry("MAX_RUNNING", "1000000"), Map.entry("SHUTDOWN_GRACE", "0"));
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
