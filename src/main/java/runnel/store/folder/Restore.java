package runnel.store.folder;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import runnel.store.Migrations;
import runnel.store.NativeLibrary;
import runnel.store.PrivateFiles;
import runnel.store.StoreException;

/// Puts a [Backup] into the place of what is in a data folder. That is kept in a folder inside, since the data folder itself may be a
/// volume, which nobody can rename.
///
/// The backup is unpacked and checked first. By one rename it is then decided, and whatever ends the process from there on, the
/// next that takes the folder goes on with it: see [#finish].
public final class Restore {
    private static final String UNPACKING = "restoring-";
    private static final String DECIDED = "restored-";
    private static final String BEFORE = "before-restore-";
    private static final List<String> LOGS = List.of(Backup.DATABASE + "-wal", Backup.DATABASE + "-shm", Backup.DATABASE + "-journal");

    private Restore() {}

    /// @return where that is which was there before
    /// @throws StoreException in words for people, where that does not work; then the folder is as it was before
    public static Optional<Path> from(Path file, Path folder) {
        try (var taken = DataFolder.take(folder)) {
            taken.refuseOpenDatabase();
            NativeLibrary.keepIn(folder.resolve("native"));
            var fresh = Files.createTempDirectory(folder, UNPACKING);
            try {
                unpack(file, fresh);
                check(fresh.resolve(Backup.DATABASE));
                var stamp = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss-SSS"));
                Files.move(fresh, folder.resolve(DECIDED + stamp), StandardCopyOption.ATOMIC_MOVE);
                finish(folder);
                return Optional.of(folder.resolve(BEFORE + stamp)).filter(Files::exists);
            } finally {
                PrivateFiles.deleteAll(fresh);
            }
        } catch (IOException refused) {
            throw new StoreException("The backup cannot be put into DATA_DIR: its disk is full, or it is not this user's. "
                    + "What is there was not changed.", refused);
        }
    }

    private static void unpack(Path file, Path folder) throws IOException {
        try (var zip = new ZipInputStream(Files.newInputStream(file))) {
            Files.createDirectory(folder.resolve(Backup.UPLOADS));
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var name = entry.getName();
                var target = folder.resolve(name).normalize();
                if (name.equals(Backup.DATABASE) || target.startsWith(folder.resolve(Backup.UPLOADS)) && !entry.isDirectory()) {
                    Files.createDirectories(target.getParent());
                    write(zip, target);
                }
            }
        } catch (ZipException | EOFException broken) {
            throw noBackup(file);
        } catch (NoSuchFileException missing) {
            throw new StoreException("There is no file " + file + ".", missing);
        }
        if (Files.notExists(folder.resolve(Backup.DATABASE))) {
            throw noBackup(file);
        }
    }

    private static void write(ZipInputStream zip, Path target) throws IOException {
        Files.createFile(target);
        PrivateFiles.restrict(target);
        try (var out = FileChannel.open(target, StandardOpenOption.WRITE)) {
            zip.transferTo(Channels.newOutputStream(out));
            out.force(true);
        }
        PrivateFiles.force(target.getParent());
    }

    private static StoreException noBackup(Path file) {
        return new StoreException(file + " is not a whole backup of Runnel. Nothing was changed.", null);
    }

    private static void check(Path database) {
        var version = DatabaseFile.version(database).orElseThrow(() -> new StoreException(
                "There is no database of Runnel in the backup. Nothing was changed.", null));
        if (version > Long.parseLong(Migrations.NEWEST)) {
            throw new StoreException("The backup is of a newer version of Runnel: its schema is %d, this one knows %s. Nothing was changed."
                    .formatted(version, Migrations.NEWEST), null);
        }
        if (!DatabaseFile.damage(database).isEmpty()) {
            throw new StoreException("The database in the backup is damaged. Nothing was changed.", null);
        }
        DatabaseFile.renewEpochs(database);
    }

    /// Goes on with a restore that was decided, and removes what one has left that was not. Whoever calls it has taken the folder.
    static void finish(Path folder) throws IOException {
        for (var undecided : named(folder, UNPACKING)) {
            PrivateFiles.deleteAll(undecided);
        }
        for (var fresh : named(folder, DECIDED)) {
            var before = folder.resolve(BEFORE + fresh.getFileName().toString().substring(DECIDED.length()));
            for (var name : List.of(Backup.UPLOADS, Backup.DATABASE)) {
                if (Files.exists(fresh.resolve(name))) {
                    keep(folder, name, before);
                    Files.move(fresh.resolve(name), folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
                }
            }
            PrivateFiles.force(folder);
            PrivateFiles.deleteAll(fresh);
        }
    }

    /// A log that stays beside another database would be written into that.
    private static void keep(Path folder, String name, Path before) throws IOException {
        if (name.equals(Backup.DATABASE)) {
            for (var log : LOGS) {
                keepOne(folder, log, before);
            }
        }
        keepOne(folder, name, before);
    }

    private static void keepOne(Path folder, String name, Path before) throws IOException {
        if (Files.exists(folder.resolve(name))) {
            Files.createDirectories(before);
            PrivateFiles.restrict(before);
            Files.move(folder.resolve(name), before.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            PrivateFiles.force(before);
            PrivateFiles.force(folder);
        }
    }

    private static List<Path> named(Path folder, String prefix) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)).sorted().toList();
        }
    }
}
