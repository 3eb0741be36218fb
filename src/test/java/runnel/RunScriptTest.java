package runnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How `run.sh` finds a JDK, builds and starts.
class RunScriptTest extends ScriptTest {
    private static final String REHEARSING = "Rehearsing";
    private static final String BUILDING_BENCH = "Building the bench";

    @Test
    void a_jdk_25_is_found_where_the_default_java_is_17() throws Exception {
        jdk("java-21", "21.0.2");
        jdk("java-25", "25.0.3");
        Ran ran = run("--port", "1 2");
        assertEquals("java-25", ran.jdk());
        assertTrue(ran.output().endsWith("--port\n1 2\n"), ran.output());
    }

    @Test
    void java_home_comes_before_the_usual_folders_where_it_is_new_enough() throws Exception {
        jdk("java-25", "25.0.3");
        environment.put("JAVA_HOME", jdk("java-26", "26-ea").toString());
        assertEquals("java-26", run().jdk());
        environment.put("JAVA_HOME", jdks.resolve("java-17").toString());
        assertEquals("java-25", run().jdk());
    }

    @Test
    void the_java_of_the_path_is_taken_where_it_is_new_enough() throws Exception {
        Path home = jdk("java-25", "25.0.3");
        Files.createSymbolicLink(temp.resolve("bin/java"), home.resolve("bin/java"));
        environment.put("RUNNEL_JDK_DIRS", "");
        assertEquals("java-25", run().jdk());
    }

    @Test
    void without_a_jdk_25_it_says_where_to_get_one_and_fails() throws Exception {
        environment.put("RUNNEL_JDK", "never");
        Ran ran = run();
        assertEquals(1, ran.status());
        assertTrue(ran.output().startsWith("Runnel needs a JDK 25 or newer, and there is none here."), ran.output());
        assertTrue(ran.output().contains("https://adoptium.net"), ran.output());
    }

    @Test
    void it_builds_only_when_something_is_newer_than_the_jar() throws Exception {
        jdk("java-25", "25.0.3");
        assertTrue(run().output().contains("Building…"));
        assertFalse(run().output().contains("Building…"));
        for (String source : List.of("pom.xml", "src/main/Main.java")) {
            Files.setLastModifiedTime(project.resolve(source), FileTime.from(Instant.now().plusSeconds(1)));
            assertTrue(run().output().contains("Building…"), source);
            Files.setLastModifiedTime(project.resolve(source), FileTime.from(Instant.now().minusSeconds(9)));
        }
        write(project.resolve("public/index.html"), "");
        assertTrue(run().output().contains("Building…"), "public");
    }

    @Test
    void a_build_that_fails_starts_nothing() throws Exception {
        jdk("java-25", "25.0.3");
        program(temp.resolve("bin/mvn"), "[ \"$1\" = -v ] && echo Apache Maven 3.9.9");
        Ran ran = run();
        assertEquals(1, ran.status());
        assertTrue(ran.output().endsWith("The build failed, see above.\n"), ran.output());
    }

    @Test
    void a_build_that_was_cut_off_is_done_again_though_it_left_a_jar() throws Exception {
        jdk("java-25", "25.0.3");
        Path mvn = temp.resolve("bin/mvn");
        String good = Files.readString(mvn);
        Files.writeString(mvn, good + "\nexit 1\n");
        assertEquals(1, run().status());
        assertTrue(Files.exists(project.resolve("target/runnel.jar")));
        Files.writeString(mvn, good);
        assertTrue(run().output().contains("Building…"));
        assertFalse(run().output().contains("Building…"));
    }

    @Test
    void an_old_maven_is_passed_over_for_the_wrapper() throws Exception {
        jdk("java-25", "25.0.3");
        Files.move(temp.resolve("bin/mvn"), Files.createDirectories(project.resolve(".mvn")).resolve("mvnw"));
        program(temp.resolve("bin/mvn"), "[ \"$1\" = -v ] && echo Apache Maven 3.6.2");
        assertEquals("java-25", run().jdk());
    }

    @Test
    void it_works_through_a_symbolic_link_and_from_another_folder() throws Exception {
        jdk("java-25", "25.0.3");
        Path link = Files.createSymbolicLink(temp.resolve("start it"), Path.of("a folder/runnel/run.sh"));
        Ran ran = run(link);
        assertEquals(0, ran.status(), ran.output());
        assertTrue(ran.output().endsWith("-jar\n" + project.toRealPath() + "/target/runnel.jar\n"), ran.output());
    }

    @Test
    void it_starts_without_a_home() throws Exception {
        jdk("java-25", "25.0.3");
        environment.remove("HOME");
        environment.remove("RUNNEL_JDK_DIRS");
        environment.put("JAVA_HOME", jdks.resolve("java-25").toString());
        Ran ran = run();
        assertEquals("java-25", ran.jdk(), ran.output());
        assertEquals(0, ran.status());
    }

    @Test
    void where_the_locale_is_not_one_of_utf_8_java_gets_one_that_is() throws Exception {
        program(jdk("java-25", "25.0.3").resolve("bin/java"), "echo \"locale ${LC_ALL-none}\"");
        assertTrue(run().output().endsWith("locale C.UTF-8\n"));
        environment.put("LC_ALL", "C");
        assertTrue(run().output().endsWith("locale C.UTF-8\n"));
        environment.remove("LC_ALL");
        environment.put("LANG", "C.UTF-8");
        assertTrue(run().output().endsWith("locale none\n"));
    }

    @Test
    void more_jvm_flags_come_from_the_environment() throws Exception {
        jdk("java-25", "25.0.3");
        environment.put("RUNNEL_JAVA_OPTS", "-Xmx64m -Dx=y");
        assertTrue(run().output().contains("-Xmx64m\n-Dx=y\n-jar\n"));
    }

    @Test
    void the_server_makes_a_cache_of_classes_and_other_commands_use_what_is_there() throws Exception {
        jdk("java-25", "25.0.3");
        String cache = "-XX:AOTCache=" + project.toRealPath() + "/target/runnel.aot\n";
        assertTrue(run().output().contains(cache));
        assertTrue(run("serve", "--port=1").output().contains(cache));
        assertFalse(run("--help").output().contains("AOTCache"));
        assertFalse(run("bench").output().contains("AOTCache"));
        write(project.resolve("target/runnel.aot.talk"), "");
        assertTrue(run("--help").output().contains("AOTCache=" + project.toRealPath() + "/target/runnel.aot.talk\n"));
        assertFalse(run("--version").output().contains("AOTCache"), "to load the cache takes longer");
    }

    @Test
    void a_closed_standard_input_is_an_empty_one_and_not_the_first_file_that_java_opens() throws Exception {
        program(jdk("java-25", "25.0.3").resolve("bin/java"), "readlink /proc/$$/fd/0");
        assertEquals(0, run("doctor").status());
        var closed = program(temp.resolve("closed"), "exec bash '" + project + "/run.sh' doctor <&-");
        assertTrue(run(closed).output().endsWith("/dev/null\n"), run(closed).output());
    }

    @Test
    void the_bench_is_built_when_it_is_asked_for_and_its_sources_are_newer() throws Exception {
        jdk("java-25", "25.0.3");
        write(project.resolve("src/bench/pom.xml"), "");
        assertFalse(run().output().contains(BUILDING_BENCH));
        String first = run("bench", "--quick").output();
        assertTrue(first.contains(BUILDING_BENCH) && first.endsWith("runnel.bench.Bench\n--quick\n"), first);
        assertFalse(run("bench").output().contains(BUILDING_BENCH));
        Files.setLastModifiedTime(project.resolve("src/bench/pom.xml"), FileTime.from(Instant.now().plusSeconds(5)));
        assertTrue(run("bench").output().contains(BUILDING_BENCH));
    }

    @Test
    void the_cache_is_made_once_for_each_jar_and_each_jdk() throws Exception {
        jdk("java-25", "25.0.3");
        assertTrue(run().output().contains(REHEARSING));
        assertFalse(run().output().contains(REHEARSING));
        jdk("java-25", "25.0.4");
        assertTrue(run().output().contains(REHEARSING), "another JDK");
        Files.setLastModifiedTime(project.resolve("target/runnel.jar"), FileTime.from(Instant.now().plusSeconds(5)));
        assertTrue(run().output().contains(REHEARSING), "another jar");
    }

    @Test
    void who_only_asks_from_a_terminal_waits_no_longer_than_who_runs_a_server() throws Exception {
        jdk("java-25", "25.0.3");
        assertFalse(run("user", "list").output().contains(REHEARSING));
        for (var command : List.of("ask", "chat", "attach")) {
            Files.deleteIfExists(project.resolve("target/runnel.aot"));
            assertTrue(run(command).output().contains(REHEARSING), command);
            assertFalse(run(command).output().contains(REHEARSING), command);
        }
    }

    @Test
    void a_rehearsal_that_fails_is_not_repeated_and_keeps_nothing_from_starting() throws Exception {
        Path home = jdk("java-25", "25.0.3");
        program(home.resolve("bin/java"), "case \"$*\" in *rehearse*) exit 1 ;; esac; echo started");
        assertTrue(run().output().endsWith("started\n"));
        assertFalse(run().output().contains(REHEARSING));
    }
}
