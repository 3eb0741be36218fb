package runnel.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The bench measures the packaged jar.
class BenchTest {
    @TempDir
    Path folder;

    private int bench(String... args) throws Exception {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-cp",
                System.getProperty("java.class.path"), "-Drunnel.script=" + Path.of("run.sh").toAbsolutePath(), "runnel.bench.Bench", "--quick"));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).directory(folder.toFile()).redirectError(folder.resolve("err").toFile())
                .redirectOutput(folder.resolve("out").toFile()).start().waitFor();
    }

    private String said() throws Exception {
        return Files.readString(folder.resolve("out")) + Files.readString(folder.resolve("err"));
    }

    @Test
    void a_quick_run_loses_no_token_and_ends_with_status_0() throws Exception {
        assertEquals(0, bench("--streams", "10", "--tokens", "20", "--readers", "2", "--held", "20"), this::saidQuietly);
        assertEquals(400, figure("tokens", "runnel"), said());
        assertEquals(0, figure("lost", "runnel"), said());
        assertTrue(figure("CPU, µs/token", "runnel") > 0, said());
        assertTrue(figure("allocated, bytes/token", "runnel") > 0, said());
        assertTrue(said().contains("streams held open"), said());
    }

    @Test
    void over_tls_no_token_is_lost_either_and_nginx_is_measured_beside() throws Exception {
        assertEquals(0, bench("--tls", "--nginx", "--streams", "10", "--tokens", "100", "--held", "0"), this::saidQuietly);
        assertTrue(said().contains("model by https and HTTP/2"), said());
        assertEquals(1_000, figure("tokens", "nginx"), said());
        assertTrue(said().contains("CPU per token ÷ nginx's"), said());
    }

    /// A figure of the first table, by its row and column.
    private double figure(String row, String column) throws Exception {
        var lines = said().lines().map(String::strip).toList();
        var heads = lines.stream().filter(line -> line.startsWith("direct")).findFirst().orElseThrow().split(" +");
        var figures = lines.stream().filter(line -> line.startsWith(row + "  ")).findFirst().orElseThrow().substring(row.length()).strip().split(" +");
        return Double.parseDouble(figures[List.of(heads).indexOf(column)].replace(",", ""));
    }

    private String saidQuietly() {
        try {
            return said();
        } catch (Exception gone) {
            return gone.toString();
        }
    }

    @Test
    void a_wrong_flag_ends_it_with_status_2() throws Exception {
        assertEquals(2, bench("--streams", "many"));
        assertTrue(said().contains("--streams"), said());
        assertEquals(2, bench("--streams", "0"));
        assertTrue(said().contains("--streams must be at least 1."), said());
    }
}
