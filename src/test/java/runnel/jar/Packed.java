package runnel.jar;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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

    /// Where no Java is on the path.
    static Map<String, String> environment(Path home, String... more) {
        var environment = new HashMap<>(Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "HOME", home.toString(), "PORT", "0", "LC_ALL", "C.UTF-8"));
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return environment;
    }

    /// Where a cache is that was tried already, so that nothing is rehearsed.
    static String noRehearsal(Path folder, Path tree) throws IOException {
        var cache = Files.createDirectories(folder.resolve("cache"));
        Files.write(cache.resolve("runnel-" + Files.readString(tree.resolve("lib/id")).strip() + ".aot"), new byte[0]);
        return cache.toString();
    }

    static HttpServer serve(Path files) {
        var server = SimpleFileServer.createFileServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), files, OutputLevel.NONE);
        server.start();
        return server;
    }

    /// Works in a root of its own, in the folder in which that is.
    static void dpkg(Path root, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("dpkg", "--root=" + root, "--force-script-chrootless", "--force-unsafe-io", "--force-depends",
                "--force-not-root", "--force-bad-path", "--log=" + root.resolve("log"), "--force-confold"));
        command.addAll(List.of(arguments));
        var ran = run(root.getParent(), environment(root.getParent()), command.toArray(String[]::new));
        if (ran.status != 0) {
            throw new AssertionError(ran.output);
        }
    }

    /// What is in that root but dpkg's own notes.
    static List<Path> installed(Path root) throws IOException {
        try (var all = Files.walk(root)) {
            return all.filter(path -> !path.startsWith(root.resolve("var/lib/dpkg")) && !path.endsWith("log")).sorted().toList();
        }
    }
}
