package runnel.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;

/// A folder and processes that are there for one run of the bench, and gone after it, also after Ctrl+C.
final class Workshop implements AutoCloseable {
    /// Something that must not be left behind.
    interface Tool extends AutoCloseable {
        @Override
        void close();
    }

    private final Deque<Tool> tools = new ArrayDeque<>();
    private final Thread atExit = new Thread(this::clear, "clear up");
    private final Path folder;

    Workshop() throws IOException {
        folder = Files.createTempDirectory("runnel-bench");
        tools.push(() -> delete(folder));
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    Path folder() {
        return folder;
    }

    synchronized <T extends AutoCloseable> T add(T tool, Tool close) {
        tools.push(close);
        return tool;
    }

    private synchronized void clear() {
        while (!tools.isEmpty()) {
            tools.pop().close();
        }
    }

    static long size(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Override
    public void close() {
        clear();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException alreadyEnding) {
            return;
        }
    }
}
