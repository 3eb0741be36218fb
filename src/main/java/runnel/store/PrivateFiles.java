package runnel.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Sees to it that only their owner reads and writes the files of a database, whatever folder they are in.
public final class PrivateFiles {
    private PrivateFiles() {}

    /// Makes the file where needed; SQLite gives its log the same permissions.
    static void of(Path file) throws IOException {
        if (Files.notExists(file)) {
            Files.createFile(file);
        }
        for (var suffix : List.of("", "-wal", "-shm")) {
            restrict(file.resolveSibling(file.getFileName() + suffix));
        }
    }

    /// Makes a file of these bytes: the whole of it or none, whatever happens meanwhile, and not over one that another process makes.
    ///
    /// @return whether it is there now; a file system without hard links cannot do it
    static boolean make(Path file, byte[] bytes) throws IOException {
        var whole = Files.createTempFile(file.toAbsolutePath().getParent(), "making", ".tmp");
        try (var channel = FileChannel.open(whole, StandardOpenOption.WRITE)) {
            restrict(whole);
            channel.write(ByteBuffer.wrap(bytes));
            channel.force(true);
            Files.createLink(file, whole);
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            return Files.exists(file);
        } finally {
            Files.deleteIfExists(whole);
        }
        return true;
    }

    public static void restrict(Path file) throws IOException {
        try {
            if (Files.exists(file)) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(Files.isDirectory(file) ? "rwx------" : "rw-------"));
            }
        } catch (UnsupportedOperationException notHere) {
            // Windows keeps a user's own folders to that user
        }
    }

    /// Deletes a file, or a folder with all that is in it, as far as that is possible.
    public static void deleteAll(Path file) {
        try (Stream<Path> inside = Files.walk(file)) {
            inside.sorted(Comparator.reverseOrder()).forEach(each -> each.toFile().delete());
        } catch (IOException goneOrStays) {
            // what stays is looked for again at the next start
        }
    }

    /// Removes from a data folder, which no other process may have, what one that was killed has left half made.
    public static void removeLeft(Path folder) {
        for (var left : List.of(folder.resolve("making*.tmp"), folder.resolve("upload-*.body"),
                folder.resolve("MultiPart*"), folder.resolve("native/unpacking*.tmp"))) {
            try (var files = Files.newDirectoryStream(left.getParent(), left.getFileName().toString())) {
                files.forEach(PrivateFiles::deleteAll);
            } catch (IOException notThere) {
                // then nothing is left there
            }
        }
    }

    /// Has the names in a folder on the disk, where its system can do that.
    public static void force(Path folder) {
        try (var names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        } catch (IOException notHere) {
            // Windows opens no folders
        }
    }
}
