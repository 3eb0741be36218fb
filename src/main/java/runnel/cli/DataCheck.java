package runnel.cli;

import static runnel.cli.Finding.Area.DATA;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import runnel.store.StoreException;
import runnel.store.folder.DatabaseFile;

/// Can everything that people write be kept, and read by nobody else?
final class DataCheck {
    private static final long MEGABYTE = 1 << 20;
    private static final long MIN_FREE = 100 * MEGABYTE;
    private static final long GOOD_FREE = 1_024 * MEGABYTE;
    private static final Set<PosixFilePermission> OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    private DataCheck() {}

    static List<Finding> of(DoctorInput doctorInput) {
        var findings = new ArrayList<Finding>();
        Path folder = doctorInput.settings().operation().dataDir().toAbsolutePath();
        Path there = there(folder);
        try {
            findings.add(writable(folder, there));
            findings.add(space(Files.getFileStore(there).getUsableSpace()));
            findings.addAll(database(folder.resolve("runnel.db")));
            findings.addAll(eyes(folder));
            findings.addAll(eyes(Path.of(".env").toAbsolutePath()));
        } catch (IOException refused) {
            findings.add(unwritable(folder));
        }
        return findings;
    }

    /// The folder, or that in which it would be made.
    private static Path there(Path folder) {
        return Files.exists(folder) || folder.getParent() == null ? folder : there(folder.getParent());
    }

    private static Finding writable(Path folder, Path there) {
        try {
            Files.delete(Files.createTempFile(there, "doctor", null));
            return Finding.good(DATA, there.equals(folder) ? folder + " can be written." : folder + " is not there yet and can be made.");
        } catch (IOException refused) {
            return unwritable(folder);
        }
    }

    private static Finding unwritable(Path folder) {
        return Finding.bad(DATA, folder + " cannot be written by the user " + System.getProperty("user.name") + ".",
                "chown -R " + System.getProperty("user.name") + " " + folder, "or set DATA_DIR to another folder.");
    }

    static Finding space(long free) {
        String room = free >= GOOD_FREE ? "%,d GB".formatted(free / GOOD_FREE) : "%,d MB".formatted(free / MEGABYTE);
        if (free < MIN_FREE) {
            return Finding.bad(DATA, "Only " + room + " are free on its disk: prompts will soon be refused.",
                    "Make room, or set DATA_DIR to a larger disk.");
        }
        return free < GOOD_FREE ? Finding.note(DATA, "Only " + room + " are free on its disk.", "Make room in time.")
                : Finding.good(DATA, room + " are free on its disk.");
    }

    static List<Finding> database(Path file) {
        if (Files.notExists(file)) {
            return List.of();
        }
        var damage = damage(file);
        if (damage.isPresent()) {
            return List.of(Finding.bad(DATA, damage.get(), "Stop the server, keep a copy of the folder, and restore a backup."));
        }
        try {
            DatabaseFile.write(file);
            return List.of(Finding.good(DATA, "The database is whole and can be written."));
        } catch (StoreException refused) {
            return List.of(Finding.bad(DATA, "The database is whole but cannot be written: it is locked, or its disk is full or read-only.",
                    "Look for another program that has it open: fuser " + file));
        }
    }

    private static Optional<String> damage(Path file) {
        try {
            return DatabaseFile.damage(file).stream().findFirst().map(first -> "The database is damaged: " + first);
        } catch (StoreException unreadable) {
            return Optional.of("The database cannot be read.");
        }
    }

    private static List<Finding> eyes(Path path) throws IOException {
        if (Files.notExists(path) || !path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return List.of();
        }
        var open = EnumSet.copyOf(Files.getPosixFilePermissions(path));
        open.retainAll(OTHERS);
        return open.isEmpty() ? List.of()
                : List.of(Finding.note(DATA, "Other users of this machine can look into " + path + ".", "chmod go= " + path));
    }
}
