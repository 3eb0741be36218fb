package runnel.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/// SQLite's native code, kept beside the database. The driver would unpack it from the jar at every start, compare the two
/// and ask `uname` what system this is, which is longer than everything else that opening takes.
///
/// Where it cannot be kept safely, or not loaded from there, the driver goes its own way.
final class NativeLibrary {
    private static final String FOLDER_PROPERTY = "org.sqlite.lib.path";
    private static final String NAME_PROPERTY = "org.sqlite.lib.name";
    private static final String UNPACKED_PROPERTY = "org.sqlite.tmpdir";

    private NativeLibrary() {}

    /// Tells the driver to load it from `folder`, in which it is put first where needed.
    static void keepIn(Path folder) {
        if (System.getProperty(FOLDER_PROPERTY) != null) {
            return;
        }
        try {
            if (othersMayWrite(folder.getParent())) {
                return;
            }
            var file = folder.resolve(System.mapLibraryName("sqlite-" + SQLiteJDBCLoader.getVersion() + "-" + System.getProperty("os.arch")));
            if (Files.notExists(file)) {
                unpack(file);
            }
            System.setProperty(FOLDER_PROPERTY, folder.toAbsolutePath().toString());
            System.setProperty(NAME_PROPERTY, file.getFileName().toString());
            System.setProperty(UNPACKED_PROPERTY, folder.getParent().toString()); // in which the driver looks for old ones at each start
        } catch (IOException cannotBeKept) {
            // then it is unpacked at each start
        }
    }

    /// Who can put a file there could have any code run.
    private static boolean othersMayWrite(Path folder) throws IOException {
        try {
            var may = Files.getPosixFilePermissions(folder);
            return may.contains(PosixFilePermission.GROUP_WRITE) || may.contains(PosixFilePermission.OTHERS_WRITE);
        } catch (UnsupportedOperationException notHere) {
            return false;
        }
    }

    /// Moved into place when it is whole, so that a start that is cut off leaves no half of it.
    private static void unpack(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        var fresh = Files.createTempFile(file.getParent(), "unpacking", ".tmp");
        try (var packed = LibraryLoaderUtil.class.getResourceAsStream(
                LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName())) {
            if (packed == null) {
                throw new IOException("not for this system");
            }
            Files.copy(packed, fresh, StandardCopyOption.REPLACE_EXISTING);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
