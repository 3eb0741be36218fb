package runnel.store.chat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import runnel.store.Database;
import runnel.store.PrivateFiles;
import runnel.store.StoreException;

/// The folder of what people have sent: each content once, under its hash, for its owner's eyes only.
public record UploadFiles(Path folder) {
    public static final String PART = ".part-";
    private static final int SWEPT_AT_ONCE = 100;
    /// A part that has not changed for so long belongs to a process that is gone.
    private static final long PART_MILLIS = 60 * 60 * 1_000;

    /// A file that is being made, and goes when it is closed unless it was put into its place.
    public record Part(Path path) implements AutoCloseable {
        /// Has its content on the disk.
        void force() throws IOException {
            try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(path);
        }
    }

    Part part() throws IOException {
        if (Files.notExists(folder)) {
            Files.createDirectories(folder);
            PrivateFiles.restrict(folder);
        }
        var path = Files.createTempFile(folder, PART, "");
        PrivateFiles.restrict(path);
        return new Part(path);
    }

    Path of(String hash) {
        return folder.resolve(hash);
    }

    /// For use inside of the transaction that names the file, so that it cannot be removed as loose meanwhile. Where that is tried
    /// again, the part is in its place already.
    void place(Part part, String hash) {
        try {
            if (Files.notExists(of(hash))) {
                Files.move(part.path, of(hash), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException refused) {
            throw new StoreException("an upload cannot be put into its place", refused);
        }
    }

    /// Has the names of what was put into its place on the disk.
    void force() {
        PrivateFiles.force(folder);
    }

    /// Removes the files that no upload has any more: see [Database#finish].
    public void sweep(Database database) {
        database.finish(sql -> {
            var loose = sql.list("delete from loose_file where hash in (select hash from loose_file limit ?) returning hash",
                    row -> row.text("hash"), SWEPT_AT_ONCE);
            loose.stream().filter(hash -> !sql.exists("select 1 from upload where ? in (hash, text)", hash))
                    .forEach(this::delete);
            return !loose.isEmpty();
        });
    }

    private void delete(String hash) {
        try {
            Files.deleteIfExists(of(hash));
        } catch (IOException stays) {
            // until the next time that loose files are looked for
        }
    }

    /// The hashes of all files there are. What was left half made goes.
    List<String> hashes() {
        if (Files.notExists(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            var all = files.toList();
            all.stream().filter(UploadFiles::isLeftPart).forEach(PrivateFiles::deleteAll);
            return all.stream().map(file -> file.getFileName().toString()).filter(name -> !name.startsWith(PART)).toList();
        } catch (IOException | DirectoryIteratorException unreadable) {
            return List.of();
        }
    }

    private static boolean isLeftPart(Path file) {
        return file.getFileName().toString().startsWith(PART)
                && System.currentTimeMillis() - file.toFile().lastModified() > PART_MILLIS;
    }
}
