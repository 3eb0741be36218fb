package runnel.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import runnel.Server;

/// What a killed process leaves behind: its files as they are at a moment at which it does not write.
public final class Crash {
    private Crash() {}

    /// Copies the database with its log, which is what a process that was killed now would leave.
    ///
    /// @return `target`
    public static Path dataOf(Server server, Path target) {
        try {
            Files.createDirectories(target);
            for (String name : new String[] {"runnel.db", "runnel.db-wal"}) {
                Files.copy(server.data().resolve(name), target.resolve(name));
            }
            return target;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
