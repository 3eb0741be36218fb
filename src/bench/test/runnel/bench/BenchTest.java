package runnel.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
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
        assertEquals(0, bench("--streams", "10", "--tokens", "20", "--readers", "2", "--held", "20", "--json", "figures.json"), this::saidQuietly);
        var json = new ObjectMapper().readTree(folder.resolve("figures.json").toFile());
        assertEquals(10 * 20 * 2, json.at("/runs/runnel/tokens").asInt());
        assertEquals(0, json.at("/runs/runnel/lost").asInt());
        assertTrue(json.at("/runs/runnel/cpu_us_per_token").isNumber(), json::toPrettyString);
        assertTrue(json.at("/runs/runnel/allocated_bytes_per_token").isNumber(), json::toPrettyString);
        assertEquals(20, json.at("/held/streams").asInt());
        assertTrue(said().contains("CPU, µs/token"), said());
    }

    private String saidQuietly() {
        try {
            return said();
        } catch (Exception gone) {
            return gone.toString();
        }
    }

    @Test
    void a_server_that_is_not_there_is_told_in_a_sentence() throws Exception {
        assertEquals(1, bench("--against", "http://127.0.0.1:1", "--upstream", "127.0.0.1:0"));
        assertTrue(said().contains("OPENAI_BASE_URL=http://127.0.0.1:"), said());
    }

    @Test
    void a_wrong_flag_ends_it_with_status_2() throws Exception {
        assertEquals(2, bench("--streams", "many"));
        assertTrue(said().contains("--streams must be a whole number from 1 to 999999."), said());
    }
}
