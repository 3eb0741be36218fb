package runnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.concurrent.TimeUnit;
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
}
