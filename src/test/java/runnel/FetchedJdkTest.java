package runnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `run.sh` where there is no JDK 25, with a server that has the paths of Adoptium's API.
class FetchedJdkTest extends ScriptTest {
    private static final int CUT = 300_000;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private byte[] archive;
    private String checksum;
    /// How many downloads are cut after [#CUT] bytes.
    private int cuts;
    private boolean described = true;

    @BeforeEach
    void serve() throws Exception {
        packTheJdk("jdk-25.0.3+9");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v3/assets/latest/25/hotspot", this::describe);
        server.createContext("/v3/binary/latest/25/ga/", this::redirect);
        server.createContext("/files/jdk.tar.gz", this::send);
        server.createContext("/files/jdk.tar.gz.sha256.txt", exchange -> answer(exchange, checksum + "  jdk.tar.gz\n"));
        server.start();
        environment.put("RUNNEL_JDK_API", "http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    /// @param top what stands in the archive above `bin`
    private void packTheJdk(String top) throws Exception {
        Path home = temp.resolve("packed").resolve(top);
        write(home.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
        program(home.resolve("bin/javac"), "");
        program(home.resolve("bin/java"), "echo java-fetched");
        byte[] ballast = new byte[CUT * 2];
        new Random(1).nextBytes(ballast);
        Files.write(home.resolve("lib"), ballast);
        Path file = temp.resolve("jdk.tar.gz");
        assertEquals(0, new ProcessBuilder("tar", "-czf", file.toString(), "-C", temp.resolve("packed").toString(), top.split("/")[0]).start().waitFor());
        archive = Files.readAllBytes(file);
        checksum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive));
    }

    private void describe(HttpExchange exchange) throws IOException {
        if (!described) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
        }
        answer(exchange, """
                [ { "binary": { "architecture": "x64",
                      "installer": { "checksum": "%s", "name": "a.pkg" },
                      "os": "linux",
                      "package": { "checksum": "%s", "link": "https://example.org/a.tar.gz", "size": 1 } },
                    "release_name": "jdk-25.0.3+9" } ]
                """.formatted("0".repeat(64), checksum));
    }

    private void redirect(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().getPath());
        exchange.getResponseHeaders().set("Location", "/files/jdk.tar.gz");
        exchange.sendResponseHeaders(307, -1);
        exchange.close();
    }

    private void send(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
        byte[] rest = Arrays.copyOfRange(archive, from, archive.length);
        if (range != null) {
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (archive.length - 1) + "/" + archive.length);
        }
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(range == null ? 200 : 206, head ? -1 : rest.length);
        boolean cut = !head && cuts-- > 0;
        if (!head) {
            exchange.getResponseBody().write(rest, 0, cut ? Math.min(rest.length, CUT / 2) : rest.length);
        }
        exchange.close();
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        exchange.sendResponseHeaders(200, text.length());
        exchange.getResponseBody().write(text.getBytes());
        exchange.close();
    }

    private List<String> cached() throws IOException {
        Path cache = temp.resolve(".cache/runnel");
        try (var files = Files.list(cache)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void it_is_fetched_once_and_one_line_says_so_and_how_to_forbid_it() throws Exception {
        Ran ran = run();
        assertEquals("java-fetched", ran.output().lines().toList().getLast(), ran.output());
        String line = ran.output().lines().findFirst().orElseThrow();
        assertTrue(line.contains("fetching Temurin 25 from http://127.0.0.1:") && line.contains("RUNNEL_JDK=never"), line);
        assertEquals(List.of("jdk-25.0.3+9"), cached());
        assertFalse(run().output().contains("fetching"));
        assertEquals(1, asked.stream().filter(path -> path.endsWith("/jdk/hotspot/normal/eclipse")).count());
    }

    @Test
    void what_has_another_checksum_than_was_published_is_thrown_away_and_nothing_starts() throws Exception {
        checksum = "1".repeat(64);
        Ran ran = run();
        assertEquals(1, ran.status());
        assertTrue(ran.output().contains("its SHA-256 is wrong"), ran.output());
        assertEquals(List.of(), cached());
    }

    @Test
    void the_checksum_may_stand_in_a_file_beside_the_archive() throws Exception {
        described = false;
        assertTrue(run().output().endsWith("java-fetched\n"));
    }

    @Test
    void where_no_checksum_is_published_nothing_is_taken() throws Exception {
        checksum = "";
        Ran ran = run();
        assertEquals(1, ran.status());
        assertTrue(ran.output().contains("does not say what a JDK 25"), ran.output());
        assertTrue(ran.output().contains("https://adoptium.net"), ran.output());
    }

    @Test
    void it_is_not_fetched_where_that_is_forbidden() throws Exception {
        environment.put("RUNNEL_JDK", "never");
        assertEquals(1, run().status());
        assertEquals(List.of(), asked);
    }

    @Test
    void a_download_that_is_cut_again_and_again_goes_on_where_it_was() throws Exception {
        cuts = 3;
        assertTrue(run().output().endsWith("java-fetched\n"));
    }

    @Test
    void two_at_once_both_start_and_one_jdk_is_left() throws Exception {
        run("--help"); // builds
        Files.walk(temp.resolve(".cache")).sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        var runs = List.of(CompletableFuture.supplyAsync(this::fetched), CompletableFuture.supplyAsync(this::fetched));
        runs.forEach(ran -> assertTrue(ran.join().output().endsWith("java-fetched\n"), ran.join().output()));
        assertEquals(List.of("jdk-25.0.3+9"), cached());
    }

    private Ran fetched() {
        try {
            return run("--help");
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    /// Only root can mount, and only where a container lets it.
    @Test
    void a_full_disk_is_told_and_nothing_is_left_on_it() throws Exception {
        Path small = Files.createDirectory(temp.resolve("small"));
        assumeTrue(new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", small.toString()).start().waitFor() == 0);
        try {
            environment.put("XDG_CACHE_HOME", small.toString());
            Ran ran = run();
            assertEquals(1, ran.status());
            assertTrue(ran.output().contains("is full (it takes 600 MB)"), ran.output());
            try (var left = Files.list(small.resolve("runnel"))) {
                assertEquals(0, left.count());
            }
        } finally {
            assertEquals(0, new ProcessBuilder("umount", small.toString()).start().waitFor());
        }
    }

    @Test
    void wget_and_shasum_do_where_curl_and_sha256sum_are_not_there() throws Exception {
        Path few = Files.createDirectories(temp.resolve("few"));
        for (String name : ("bash basename cat cut date dirname env find grep gzip head ldd ln locale ls mkdir mktemp mv readlink rm sed sh shasum sleep sort tar"
                + " touch tr uname wc wget perl").split(" ")) {
            for (String bin : List.of("/usr/bin/", "/bin/")) {
                if (Files.exists(Path.of(bin + name)) && Files.notExists(few.resolve(name))) {
                    Files.createSymbolicLink(few.resolve(name), Path.of(bin + name));
                }
            }
        }
        assumeTrue(Files.exists(few.resolve("wget")) && Files.exists(few.resolve("shasum")));
        environment.put("PATH", temp.resolve("bin") + ":" + few);
        cuts = 1;
        Ran ran = run();
        assertTrue(ran.output().endsWith("java-fetched\n"), ran.output());
    }

    @ParameterizedTest
    @CsvSource({"Linux, x86_64, '', linux/x64, jdk-25.0.3+9", "Linux, aarch64, '', linux/aarch64, jdk-25.0.3+9",
        "Linux, x86_64, musl libc (x86_64), alpine-linux/x64, jdk-25.0.3+9", "Darwin, arm64, '', mac/aarch64, jdk-25.0.3+9/Contents/Home"})
    void each_system_gets_the_archive_that_is_for_it(String system, String machine, String libc, String platform, String top) throws Exception {
        packTheJdk(top);
        program(temp.resolve("bin/uname"), "case $1 in -m) echo " + machine + " ;; *) echo " + system + " ;; esac");
        program(temp.resolve("bin/ldd"), "echo '" + libc + "' >&2; exit 1");
        assertTrue(run().output().endsWith("java-fetched\n"));
        assertEquals("/v3/binary/latest/25/ga/" + platform + "/jdk/hotspot/normal/eclipse", asked.getLast());
    }

    @Test
    void a_system_that_temurin_is_not_made_for_is_told() throws Exception {
        program(temp.resolve("bin/uname"), "case $1 in -m) echo riscv64 ;; *) echo Linux ;; esac");
        Ran ran = run();
        assertEquals(1, ran.status());
        assertTrue(ran.output().contains("Temurin has none for this system (Linux riscv64)"), ran.output());
    }
}
