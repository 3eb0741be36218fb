package runnel.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// The folder of the embedded database. It belongs to one process at a time: a second one would end the replies that
/// the first is still writing.
public final class DataFolder implements AutoCloseable {
    private static final String FILE = "runnel.db";

    private final Path folder;
    private final FileChannel channel;

    private DataFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /// Makes the folder where needed, for its owner's eyes only, and takes it until [#close] or the end of the process.
    ///
    /// @throws StoreException where it cannot be written or another process has it
    public static DataFolder take(Path folder) {
        try {
            make(folder);
            var channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel).isEmpty()) {
                channel.close();
                throw new StoreException("DATA_DIR is used by another Runnel that is running. Stop it, or set DATA_DIR to another folder.", null);
            }
            return new DataFolder(folder, channel);
        } catch (IOException refused) {
            throw new StoreException("DATA_DIR cannot be written: set it to a folder that this user may write in.", refused);
        }
    }

    /// The database file of a folder that another process may have taken: SQLite lets both work on it.
    ///
    /// @throws StoreException where the folder cannot be made
    public static Path shared(Path folder) {
        try {
            make(folder);
            return folder.resolve(FILE);
        } catch (IOException refused) {
            throw new StoreException("DATA_DIR cannot be written: set it to a folder that this user may write in.", refused);
        }
    }

    /// One that is there already keeps the permissions that it was given.
    private static void make(Path folder) throws IOException {
        boolean fresh = Files.notExists(folder);
        Files.createDirectories(folder);
        if (fresh) {
            restrict(folder);
        }
    }

    private static void restrict(Path folder) throws IOException {
        try {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        } catch (UnsupportedOperationException notHere) {
            // Windows keeps a user's own folders to that user
        }
    }

    private static Optional<FileLock> lock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException sameProcess) {
            return Optional.empty();
        }
    }

    public Path database() {
        return folder.resolve(FILE);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // the lock goes with the process at the latest
        }
    }
}
