package runnel.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import runnel.settings.StartupFailure;

/// `rehearse`: a server with the demo model makes its database, as at a first start, answers a prompt, and stops. Its JVM
/// (`-XX:AOTCacheOutput`, JEP 514) notes down meanwhile which classes that takes, for the starts to come; so does that of an `ask` that
/// is its own server. Profiles of methods (JEP 515) are left out: with them a start took as long, and 3 MB more.
public final class Rehearse {
    private static final List<String> PAGES = List.of("/", "/api/models", "/api/chats", "/api/chats?q=number");
    private static final String NO_PROFILES = "-XX:-AOTRecordTraining";
    /// What is left of the environment: settings are not.
    private static final Set<String> KEPT = Set.of("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH");
    private static final String READY = "Runnel is ready: ";

    private Rehearse() {}

    public static Command command() {
        return new Command("rehearse", Rehearse::spec);
    }

    private static CommandSpec spec() {
        var spec = Command.spec("Makes a cache of what a server loads, with which the next ones start faster.",
                given -> run(given.<Path>argument().orElseThrow()));
        spec.addPositional(Command.argument(Path.class, "FILE", "Where the cache goes."));
        spec.usageMessage().hidden(true);
        return spec;
    }

    private static int run(Path cache) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("runnel-rehearsal");
        try {
            serve(folder, cache.toAbsolutePath());
            var asking = start(folder, Path.of(cache.toAbsolutePath() + ".talk"), "ask", "Say something of a number, fast.");
            asking.getOutputStream().close();
            asking.getInputStream().readAllBytes();
            asking.waitFor();
            return 0;
        } finally {
            delete(folder);
        }
    }

    private static void serve(Path folder, Path cache) throws IOException, InterruptedException {
        Process server = start(folder, cache);
        try {
            URI url = server.inputReader().lines().filter(line -> line.startsWith(READY)).findFirst()
                    .map(line -> URI.create(line.substring(READY.length())))
                    .orElseThrow(() -> StartupFailure.because("The server of the rehearsal does not start. " + log(folder)));
            use(url);
            server.destroy();
            server.waitFor(); // when it ends it writes the cache
        } finally {
            server.destroyForcibly();
        }
    }

    private static Process start(Path folder, Path cache, String... args) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(JvmFlags.SERVER);
        command.addAll(List.of(NO_PROFILES, "-XX:AOTCacheOutput=" + cache, "-Xlog:disable", "-jar", Path.of(System.getProperty("java.class.path")).toAbsolutePath().toString()));
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectError(folder.resolve("log").toFile());
        builder.environment().keySet().retainAll(KEPT);
        builder.environment().putAll(Map.of("HOST", "127.0.0.1", "PORT", "0", "AUTH", "none", "SHUTDOWN_GRACE", "0",
                "XDG_STATE_HOME", folder.toString(),
                "DATA_DIR", folder.resolve("data").toString()));
        return builder.start();
    }

    private static void use(URI url) throws IOException, InterruptedException {
        try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            if (!reply(client, url).body().contains("\"status\":\"complete\"")) {
                throw StartupFailure.because("The rehearsal failed.");
            }
            for (String page : PAGES) {
                client.send(HttpRequest.newBuilder(url.resolve(page)).build(), BodyHandlers.discarding());
            }
        }
    }

    /// A whole reply of the demo model as server-sent events.
    private static HttpResponse<String> reply(HttpClient client, URI url) throws IOException, InterruptedException {
        var prompt = HttpRequest.newBuilder(url.resolve("/api/chat")).header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString("{\"prompt\":\"Say something of a number, fast.\"}")).build();
        String place = client.send(prompt, BodyHandlers.discarding()).headers().firstValue("Location").orElse("/");
        var events = HttpRequest.newBuilder(url.resolve(place)).header("Accept", "text/event-stream").build();
        return client.send(events, BodyHandlers.ofString());
    }

    private static String log(Path folder) {
        try {
            return Files.readString(folder.resolve("log")).strip();
        } catch (IOException none) {
            return "";
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }
}
