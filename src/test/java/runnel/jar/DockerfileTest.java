package runnel.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client;
import runnel.web.http.Json;

/// What a Docker would do with the `Dockerfile`, which is not here: each instruction is carried out in a root made by debootstrap.
@Tag("jar")
class DockerfileTest {
    @TempDir
    Path folder;

    private record Instruction(String name, String rest) {
        static List<Instruction> read() throws Exception {
            return Files.readString(Path.of("src/package/Dockerfile")).replace("\\\n", "").lines().filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" ", 2)).map(parts -> new Instruction(parts[0], parts[1].strip())).toList();
        }
    }

    private static String one(String name) throws Exception {
        return Instruction.read().stream().filter(each -> each.name.equals(name)).findFirst().orElseThrow().rest;
    }

    private static String[] words(String json) {
        return Json.read(json).valueStream().map(word -> word.asText()).toArray(String[]::new);
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "RUNNEL_ROOT", matches = "/.+", disabledReason = "RUNNEL_ROOT names a root made by debootstrap.")
    void its_instructions_give_a_healthy_server_that_is_not_root_and_lets_no_stranger_in() throws Exception {
        var root = System.getenv("RUNNEL_ROOT");
        Packed.make();
        var environment = new HashMap<>(Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "PORT", "0"));
        for (var instruction : Instruction.read()) {
            switch (instruction.name) {
                case "ADD" -> assertEquals(0, done(environment, "tar", "-xzf", Packed.file(".tar.gz").toString(), "-C", root + instruction.rest.split(" ")[1]));
                case "RUN" -> assertEquals(0, done(environment, "chroot", root, "sh", "-c", "rm -rf /data && " + instruction.rest));
                case "ENV" -> Arrays.stream(instruction.rest.split(" ")).map(pair -> pair.split("=", 2)).forEach(pair -> environment.put(pair[0], pair[1]));
                case "FROM", "USER", "WORKDIR", "VOLUME", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT" -> {}
                default -> throw new AssertionError(instruction);
            }
        }
        environment.put("PORT", one("EXPOSE"));
        var chroot = List.of("chroot", "--userspec=" + one("USER"), root);
        var command = new ArrayList<>(chroot);
        command.addAll(List.of(words(one("ENTRYPOINT"))));
        try (var jar = Jar.start(folder, environment, command).ready()) {
            assertEquals(401, jar.client().post("/api/chat", Client.object().put("prompt", "hi")).statusCode(), "no stranger, whom everybody may be");
            var check = new ArrayList<>(chroot);
            check.addAll(List.of(words(one("HEALTHCHECK").replaceFirst(".*CMD ", ""))));
            assertEquals(0, done(environment, check.toArray(String[]::new)));
        }
    }

    @Test
    void what_compose_starts_writes_to_its_volume_only_and_may_do_nothing_else() throws Exception {
        var service = new YAMLMapper().readTree(Files.readString(Path.of("src/package/compose.yaml"))).at("/services/runnel");
        assertTrue(service.path("read_only").asBoolean());
        assertEquals("[\"data:/data\"]", service.path("volumes").toString());
        assertEquals("[\"ALL\"]", service.path("cap_drop").toString());
        assertEquals("[\"no-new-privileges:true\"]", service.path("security_opt").toString());
        assertEquals("[\"127.0.0.1:7070:7070\"]", service.path("ports").toString(), "nobody from outside");
    }

    private int done(Map<String, String> environment, String... command) throws Exception {
        var ran = Packed.run(folder, environment, command);
        assertEquals(0, ran.status(), ran.output());
        return ran.status();
    }
}
