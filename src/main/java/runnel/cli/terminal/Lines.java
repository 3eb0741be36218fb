package runnel.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What a person says, one thing after the other.
interface Lines extends AutoCloseable {
    /// @return nothing when nothing more comes
    /// @throws Left where somebody has pressed Ctrl-C twice
    Optional<String> next() throws IOException;

    /// Whether a reply is being shown, so that keys are not.
    default void listening(boolean shown) {}

    @Override
    default void close() throws IOException {}

    /// Somebody does not want any more.
    final class Left extends RuntimeException {}

    /// Lines from a pipe. One that ends with a backslash goes on with the next.
    static Lines of(InputStream pipe) {
        var reader = new BufferedReader(new InputStreamReader(pipe, StandardCharsets.UTF_8));
        return () -> {
            var said = new StringBuilder();
            var line = reader.readLine();
            for (; line != null && line.endsWith("\\"); line = reader.readLine()) {
                said.append(line, 0, line.length() - 1).append("\n");
            }
            return line == null && said.isEmpty() ? Optional.empty() : Optional.of(said + (line == null ? "" : line));
        };
    }
}
