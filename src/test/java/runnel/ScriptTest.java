package runnel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// The real `run.sh` in a folder of its own, with a Maven that only makes an empty jar and JDKs that only say their name
/// and arguments.
abstract class ScriptTest {
    @TempDir
    Path temp;

    Path project;
    Path jdks;
    final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void layOut() throws IOException {
        project = Files.createDirectories(temp.resolve("a folder/runnel"));
        jdks = Files.createDirectories(temp.resolve("jdks"));
        Files.copy(Path.of("run.sh"), project.resolve("run.sh"));
        write(project.resolve("pom.xml"), "");
        write(project.resolve("src/main/Main.java"), "");
        program(temp.resolve("bin/mvn"), """
                if [ "$1" = -v ]; then echo "Apache Maven 3.8.7"; exit; fi
                mkdir -p "%1$s/target" && touch "%1$s/target/runnel.jar\"""".formatted(project));
        jdk("java-17", "17.0.15");
        environment.put("PATH", temp.resolve("bin") + ":" + jdks.resolve("java-17/bin") + ":/usr/bin:/bin");
        environment.put("HOME", temp.toString());
        environment.put("RUNNEL_JDK_DIRS", jdks.toString());
    }

    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    static Path program(Path file, String text) throws IOException {
        write(file, "#!/bin/bash\n" + text + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Path jdk(String name, String version) throws IOException {
        Path home = jdks.resolve(name);
        write(home.resolve("release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\n");
        program(home.resolve("bin/javac"), "");
        program(home.resolve("bin/java"), "echo " + name + "\nprintf '%s\\n' \"$@\"");
        return home;
    }

    record Ran(int status, String output) {
        String jdk() {
            return output.lines().filter(line -> line.startsWith("java-")).findFirst().orElse(output);
        }
    }

    Ran run(Path script, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", script.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(temp.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes());
        return new Ran(process.waitFor(), output);
    }

    Ran run(String... args) throws IOException, InterruptedException {
        return run(project.resolve("run.sh"), args);
    }
}
