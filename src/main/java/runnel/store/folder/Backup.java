package runnel.store.folder;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import runnel.store.NativeLibrary;
import runnel.store.PrivateFiles;
import runnel.store.SqliteDatabase;
import runnel.store.StoreException;
import runnel.store.chat.UploadFiles;

/// A copy of a data folder in one file: a zip of the database, as it was at one moment, and of the uploads. A server may go on writing
/// meanwhile.
public final class Backup {
    static final String DATABASE = "runnel.db";
    static final String UPLOADS = SqliteDatabase.UPLOADS;
    private static final int BUFFER = 64 << 10;

    private Backup() {}

    /// Writes one, for its owner's eyes only. The file appears when it is whole, checked and on the disk.
    ///
    /// @param replace whether a file that is there already may go
    /// @throws StoreException in words for people, where that does not work; then the file is as it was before
    public static void write(Path folder, Path file, boolean replace) {
        var database = folder.resolve(DATABASE);
        if (Files.notExists(database)) {
            throw new StoreException("There is no database in DATA_DIR (" + folder.toAbsolutePath() + ").", null);
        }
        refuseExisting(file, replace);
        NativeLibrary.keepIn(folder.resolve("native"));
        var room = file.toAbsolutePath().getParent();
        try (var copy = part(room); var whole = part(room)) {
            snapshot(database, copy.path());
            zip(copy.path(), folder.resolve(UPLOADS), whole.path());
            refuseExisting(file, replace);
            Files.move(whole.path(), file, StandardCopyOption.ATOMIC_MOVE);
            PrivateFiles.force(room);
        } catch (IOException refused) {
            throw new StoreException("The backup cannot be written to " + file + ": the folder is missing, or not this user's, or its disk "
                    + "is full. Nothing was left there.", refused);
        }
    }

    private static void refuseExisting(Path file, boolean replace) {
        if (Files.isDirectory(file) || Files.exists(file) && !replace) {
            throw new StoreException(file + " is there already" + (Files.isDirectory(file) ? ", and is a folder."
                    : ". Name another file, or replace it with --overwrite."), null);
        }
    }

    /// Takes one transaction that reads, however much is written meanwhile; SQLite's backup by pages begins anew with each commit of
    /// another process. What has been deleted is not in the copy.
    private static void snapshot(Path database, Path copy) throws IOException {
        DatabaseFile.snapshot(database, copy);
        List<String> damage = DatabaseFile.damage(copy);
        if (!damage.isEmpty()) {
            throw new StoreException("The database is damaged, so that a backup of it is of no use: " + damage.getFirst(), null);
        }
    }

    private static void zip(Path database, Path uploads, Path file) throws IOException {
        try (var out = FileChannel.open(file, StandardOpenOption.WRITE);
                var zip = new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(out), BUFFER))) {
            zip.setLevel(Deflater.BEST_SPEED);
            add(zip, DATABASE, database);
            if (Files.isDirectory(uploads)) {
                try (var files = Files.walk(uploads)) {
                    for (var upload : (Iterable<Path>) files.filter(Backup::isWhole)::iterator) {
                        add(zip, UPLOADS + "/" + uploads.relativize(upload).toString().replace('\\', '/'), upload);
                    }
                }
            }
            zip.finish();
            zip.flush();
            out.force(true);
        }
    }

    private static boolean isWhole(Path upload) {
        return Files.isRegularFile(upload) && !upload.getFileName().toString().startsWith(UploadFiles.PART);
    }

    /// An upload that is deleted meanwhile is left out: the chat that had it is on its way out too.
    private static void add(ZipOutputStream zip, String name, Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            zip.putNextEntry(new ZipEntry(name));
            in.transferTo(zip);
            zip.closeEntry();
        } catch (NoSuchFileException deleted) {
            // between the walk and here
        }
    }

    /// A file that goes when it is closed, or when the process is told to end, unless it was moved away.
    private static UploadFiles.Part part(Path folder) throws IOException {
        var path = Files.createTempFile(folder, ".runnel-backup", ".part");
        path.toFile().deleteOnExit();
        return new UploadFiles.Part(path);
    }
}
