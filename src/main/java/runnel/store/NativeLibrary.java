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
/// Where others may write in that folder, or nothing may be executed there (a mount with `noexec`), a folder of this start's own in the
/// system's folder for temporary files takes its place, or else one in the user's cache.
public final class NativeLibrary {
    private static final String FOLDER_PROPERTY = "org.sqlite.lib.path";
    private static final String NAME_PROPERTY = "org.sqlite.lib.name";
    private static final String UNPACKED_PROPERTY = "org.sqlite.tmpdir";

    private interface Folder {
        Path path() throws IOException;
    }

    private NativeLibrary() {}

    /// Tells the driver to load it from `folder` or another, in which it is put first where needed.
    ///
    /// @throws StoreException where nothing may be executed anywhere
    public static void keepIn(Path folder) {
        Path cache = Path.of(System.getProperty("user.home"), ".cache", "runnel");
        boolean done = System.getProperty(FOLDER_PROPERTY) != null
                || isKept(() -> ownedAlone(folder)) || isKept(NativeLibrary::temporary) || cache.isAbsolute()
                && isKept(() -> ownedAlone(cache));
        if (!done) {
            throw new StoreException("SQLite's native code cannot be loaded: DATA_DIR and the folder for temporary files are "
                    + "read-only, open to others or "
                    + "mounted noexec. Start java with -Djava.io.tmpdir=FOLDER (by run.sh: RUNNEL_JAVA_OPTS), a folder that allows it.",
                    null);
        }
    }

    private static boolean isKept(Folder wanted) {
        try {
            Path folder = wanted.path().toAbsolutePath();
            Path file = folder.resolve(name());
            if (Files.notExists(file)) {
                unpack(file);
            }
            file.toFile().setExecutable(true);
            if (!Files.isExecutable(file)) { // never, where the mount has noexec
                Files.delete(file);
                return false;
            }
            System.setProperty(FOLDER_PROPERTY, folder.toString());
            System.setProperty(NAME_PROPERTY, file.getFileName().toString());
            System.setProperty(UNPACKED_PROPERTY, folder.toString()); // in which the driver looks for old ones at each start
            return true;
        } catch (IOException notHere) {
            return false;
        }
    }

    private static String name() {
        return System.mapLibraryName("sqlite-" + SQLiteJDBCLoader.getVersion() + "-" + System.getProperty("os.arch"));
    }

    private static Path ownedAlone(Path folder) throws IOException {
        if (Files.exists(folder.getParent()) && othersMayWrite(folder.getParent()) || Files.exists(folder) && othersMayWrite(folder)) {
            throw new IOException("open to others");
        }
        return folder;
    }

    private static Path temporary() throws IOException {
        Path folder = Files.createTempDirectory("runnel");
        folder.toFile().deleteOnExit();
        folder.resolve(name()).toFile().deleteOnExit();
        return folder;
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
