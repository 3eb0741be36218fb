package runnel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Where SQLite's native code is kept. The driver of this JVM was loaded long ago; what it is told is looked at here.
@DisabledOnOs(OS.WINDOWS)
class NativeLibraryTest {
    private static final List<String> PROPERTIES = List.of("org.sqlite.lib.path", "org.sqlite.lib.name", "org.sqlite.tmpdir");

    @TempDir
    Path data;
    private final List<String> before = PROPERTIES.stream().map(System::getProperty).toList();

    @BeforeEach
    void forget() throws IOException {
        PROPERTIES.forEach(System::clearProperty);
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    }

    @AfterEach
    void restore() {
        for (int i = 0; i < PROPERTIES.size(); i++) {
            if (before.get(i) != null) {
                System.setProperty(PROPERTIES.get(i), before.get(i));
            } else {
                System.clearProperty(PROPERTIES.get(i));
            }
        }
    }

    @Test
    void it_is_unpacked_once_and_can_be_loaded() throws IOException {
        NativeLibrary.keepIn(data.resolve("native"));
        var file = Path.of(System.getProperty("org.sqlite.lib.path"), System.getProperty("org.sqlite.lib.name"));
        assertTrue(Files.size(file) > 100_000);
        var unpacked = Files.getLastModifiedTime(file);
        PROPERTIES.forEach(System::clearProperty);
        NativeLibrary.keepIn(data.resolve("native"));
        assertTrue(Files.getLastModifiedTime(file).equals(unpacked));
        try (var arena = Arena.ofConfined()) { // not by System.load: a second copy would take over methods of the first
            assertTrue(SymbolLookup.libraryLookup(file, arena).find("JNI_OnLoad").isPresent());
        }
    }

    @Test
    void it_is_not_taken_from_a_folder_that_others_can_write_in() throws IOException {
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
        NativeLibrary.keepIn(data.resolve("native"));
        assertFalse(Files.exists(data.resolve("native")));
        assertKeptElsewhereForTheOwnerAlone();
    }

    @Test
    void it_is_not_taken_from_a_folder_of_its_own_that_others_can_write_in() throws IOException {
        var folder = Files.createDirectory(data.resolve("native"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwx---"));
        NativeLibrary.keepIn(folder);
        assertKeptElsewhereForTheOwnerAlone();
    }

    @Test
    void where_a_file_is_in_the_way_it_is_kept_elsewhere() throws IOException {
        Files.writeString(data.resolve("native"), "a file in the way");
        NativeLibrary.keepIn(data.resolve("native"));
        assertKeptElsewhereForTheOwnerAlone();
    }

    /// Only root can mount, and only where a container lets it.
    @Test
    void where_nothing_may_be_executed_it_is_kept_elsewhere() throws Exception {
        var folder = Files.createDirectory(data.resolve("mount"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "noexec,size=8m,mode=700", "tmpfs", folder.toString()) == 0);
        try {
            NativeLibrary.keepIn(folder.resolve("native"));
            assertKeptElsewhereForTheOwnerAlone();
        } finally {
            assertEquals(0, run("umount", folder.toString()));
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }

    private void assertKeptElsewhereForTheOwnerAlone() throws IOException {
        var folder = Path.of(System.getProperty("org.sqlite.lib.path"));
        assertFalse(folder.startsWith(data), folder.toString());
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
        assertTrue(Files.size(folder.resolve(System.getProperty("org.sqlite.lib.name"))) > 100_000);
    }
}
