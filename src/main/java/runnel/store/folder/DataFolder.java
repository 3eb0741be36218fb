package runnel.store.folder;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import runnel.store.Database;
import runnel.store.PrivateFiles;
import runnel.store.StoreException;

/// The folder of the embedded database. It belongs to one process at a time: a second one would end the replies that
/// the first is still writing.
public final class DataFolder implements AutoCloseable {
    private static final String FILE = Backup.DATABASE;
    private static final long GUARD_BYTE = 1 << 20;
    /// The start of a process is counted from that of the machine, which shifts with its clock.
    private static final long CLOCK_SHIFT_MILLIS = 5_000;

    private final Path folder;
    private final FileChannel channel;
    private FileChannel guard;

    private DataFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /// Makes the folder where needed, for its owner's eyes only, and takes it until [#close] or the end of the process.
    ///
    /// @throws StoreException where it cannot be written or another process has it
    public static DataFolder take(Path folder) {
        make(folder);
        try {
            var channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock(channel, 0);
            Restore.finish(folder);
            PrivateFiles.removeLeft(folder);
            return new DataFolder(folder, channel);
        } catch (IOException refused) {
            throw unwritable(refused);
        }
    }

    /// The database file of a folder that another process may have taken: SQLite lets both work on it.
    ///
    /// @throws StoreException where the folder cannot be made
    public static Path shared(Path folder) {
        make(folder);
        return folder.resolve(FILE);
    }

    /// One that is there already keeps the permissions that it was given.
    private static void make(Path folder) {
        try {
            boolean fresh = Files.notExists(folder);
            Files.createDirectories(folder);
            if (fresh) {
                PrivateFiles.restrict(folder);
            }
        } catch (IOException refused) {
            throw unwritable(refused);
        }
    }

    private static StoreException unwritable(IOException refused) {
        return new StoreException("DATA_DIR cannot be written: set it to a folder that this user may write in.", refused);
    }

    /// Takes the open database as well, for a file named `lock` can be deleted: a byte of what SQLite shares between processes, behind
    /// all that it locks itself. SQLite keeps that file open from its first connection to its last, which matters: a process
    /// that closes a file loses all its locks on it.
    ///
    /// @throws StoreException where another process has it
    public void guard(Database database) {
        database.check();
        guardOpen();
    }

    /// The same where this process has not opened the database.
    ///
    /// @throws StoreException where another process has it
    void refuseOpenDatabase() {
        if (Files.exists(folder.resolve(FILE + "-shm"))) {
            guardOpen();
        }
    }

    private void guardOpen() {
        try {
            guard = FileChannel.open(folder.resolve(FILE + "-shm"), StandardOpenOption.READ, StandardOpenOption.WRITE);
            lock(guard, GUARD_BYTE);
        } catch (IOException refused) {
            throw new StoreException("DATA_DIR cannot be locked.", refused);
        }
    }

    private static void lock(FileChannel channel, long at) throws IOException {
        try {
            if (channel.tryLock(at, 1, false) != null) {
                return;
            }
        } catch (OverlappingFileLockException sameProcess) {
            // taken, too
        }
        channel.close();
        throw new StoreException("DATA_DIR is used by another Runnel that is running. Stop it, or set DATA_DIR to another folder.", null);
    }

    /// Writes where the server is that has taken it, for others on this machine. It stands in the file that is locked, behind the byte
    /// that Windows then lets nobody read, with the process by which a stale one is told.
    public void announce(URI address) {
        var process = ProcessHandle.current();
        var line = "\n" + address + " " + process.pid() + " " + started(process) + "\n";
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)), 0);
        } catch (IOException full) {
            // then it has to be named to those who look for it
        }
    }

    /// The address of the server that has taken the folder, where one runs on this machine and has said it. The lock itself is not
    /// touched, which might keep a server from starting.
    public static Optional<URI> running(Path folder) {
        try (var file = FileChannel.open(folder.resolve("lock"), StandardOpenOption.READ)) {
            var bytes = ByteBuffer.allocate(1_000);
            file.read(bytes, 1);
            var words = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip().split(" ");
            return words.length < 3 ? Optional.empty() : ProcessHandle.of(Long.parseLong(words[1]))
                    .filter(process -> Math.abs(started(process) - Long.parseLong(words[2])) <= CLOCK_SHIFT_MILLIS)
                    .map(_ -> URI.create(words[0]));
        } catch (IOException | IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    public Path database() {
        return folder.resolve(FILE);
    }

    @Override
    public void close() {
        try {
            channel.truncate(0);
            channel.close();
            if (guard != null) {
                guard.close();
            }
        } catch (IOException alreadyGone) {
            // the lock goes with the process at the latest
        }
    }
}
