package runnel.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;

/// A folder and processes that are there for one run of the bench, and gone after it, also after Ctrl+C.
final class BenchFolder implements AutoCloseable {
    private final Deque<Runnable> ends = new ArrayDeque<>();
    private final Path path;

    BenchFolder() throws IOException {
        path = Files.createTempDirectory("runnel-bench");
        ends.push(this::delete);
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "clear up"));
    }

    Path path() {
        return path;
    }

    /// @param end what stops it, done before the folder goes
    synchronized <T> T add(T part, Runnable end) {
        ends.push(end);
        return part;
    }

    static long size(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private void delete() {
        try (var files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Override
    public synchronized void close() {
        while (!ends.isEmpty()) {
            ends.pop().run();
        }
    }
}
