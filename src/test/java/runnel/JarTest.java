package runnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged jar, started as people start it, in an empty folder.
@Tag("jar")
class JarTest {
    private static final Path JAR = Path.of("target/runnel.jar").toAbsolutePath();

    @TempDir
    Path folder;

    private Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("OPENAI_") || List.of("HOST", "PORT", "AUTH").contains(name));
        return builder.start();
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("err"));
    }

    @Test
    void the_jar_alone_serves_and_says_where_and_stops_when_told_to() throws Exception {
        Process server = start("--port", "0");
        try (BufferedReader out = server.inputReader(); HttpClient client = HttpClient.newHttpClient()) {
            String ready = out.readLine();
            assertTrue(ready != null && ready.matches("Runnel is ready: http://127.0.0.1:\\d+"), () -> ready + read());
            URI health = URI.create(ready.substring(ready.indexOf("http")) + "/health");
            assertEquals(200, client.send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.discarding()).statusCode());
            server.destroy();
            assertTrue(server.waitFor(20, TimeUnit.SECONDS));
            assertEquals("", errors());
        } finally {
            server.destroyForcibly();
        }
    }

    private String read() {
        try {
            return errors();
        } catch (IOException gone) {
            return gone.toString();
        }
    }

    @Test
    void a_wrong_setting_ends_it_with_status_2_and_a_sentence() throws Exception {
        Process refused = start("--port", "70707");
        assertEquals(2, refused.waitFor());
        assertTrue(errors().contains("PORT=70707 from the command line is not allowed. It must be a whole number from 0 to 65535."));
    }

    @Test
    void the_version_is_the_one_of_the_build() throws Exception {
        Process version = start("--version");
        assertTrue(version.inputReader().readLine().matches("Runnel \\d+\\.\\d+\\.\\d+.*"));
        assertEquals(0, version.waitFor());
    }

    @Test
    void an_older_java_is_told_in_one_sentence_which_it_needs() throws Exception {
        var older = Stream.of("/usr/lib/jvm/java-17-openjdk-amd64", "/usr/lib/jvm/java-17-openjdk-arm64", "/usr/lib/jvm/java-21-openjdk-amd64")
                .map(home -> Path.of(home, "bin/java")).filter(Files::exists).findFirst();
        assumeTrue(older.isPresent());
        Process refused = new ProcessBuilder(older.get().toString(), "-jar", JAR.toString()).redirectError(folder.resolve("err").toFile()).start();
        assertEquals(1, refused.waitFor());
        assertTrue(errors().matches("Runnel needs Java 25 or newer, and this is Java \\d+: [^\n]*\n"), errors());
    }

    @Test
    void the_class_that_is_entered_can_be_read_by_java_8() throws Exception {
        try (var jar = new JarFile(JAR.toFile()); var entered = jar.getInputStream(jar.getEntry("runnel/Launcher.class"))) {
            assertEquals("runnel.Launcher", jar.getManifest().getMainAttributes().getValue("Main-Class"));
            assertEquals(52, entered.readNBytes(8)[7]); // the class file's version
        }
    }

    @Test
    void what_a_locale_without_utf_8_would_garble_is_told_in_a_sentence() throws Exception {
        Path named = Files.createDirectory(folder.resolve("größe"));
        for (var given : List.of(Map.of("DATA_DIR", named.toString()), Map.of("PWD", "working directory"))) {
            ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-jar", JAR.toString(), "--port=0")
                    .directory(named.toFile()).redirectError(folder.resolve("err").toFile());
            builder.environment().clear();
            builder.environment().putAll(given);
            assertEquals(2, builder.start().waitFor());
            assertTrue(errors().contains("has letters beyond ASCII, which the locale does not know. Set LC_ALL=C.UTF-8."), errors());
        }
        var read = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-jar", JAR.toString()).redirectError(folder.resolve("err").toFile());
        read.environment().clear();
        read.environment().putAll(Map.of("LOG_LEVEL", "grüß", "DATA_DIR", folder.toString()));
        assertEquals(2, read.start().waitFor());
        assertTrue(errors().contains("LOG_LEVEL=gr") && !errors().contains("LC_ALL"), "what is no path is read as it was written: " + errors());
        try (var left = Files.list(named)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void a_port_that_is_for_root_is_not_called_in_use() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/setpriv")) && Files.readString(Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start")).strip().equals("1024")
                && Files.isWritable(Path.of("/root")));
        Path jar = Files.copy(JAR, Path.of("/tmp").resolve("runnel-" + ProcessHandle.current().pid() + ".jar"));
        try {
            Process refused = new ProcessBuilder("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups",
                    Path.of(System.getProperty("java.home"), "bin/java").toString(), "-jar", jar.toString(), "--port=81", "--data-dir=/tmp/" + jar.getFileName() + ".d")
                    .directory(new java.io.File("/")).redirectError(folder.resolve("err").toFile()).start();
            assertEquals(1, refused.waitFor());
            assertTrue(errors().startsWith("PORT=81 is forbidden to this user"), errors());
        } finally {
            Files.delete(jar);
            new ProcessBuilder("rm", "-rf", jar + ".d").start().waitFor();
        }
    }
}
