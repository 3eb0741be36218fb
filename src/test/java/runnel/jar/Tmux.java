package runnel.jar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import runnel.faults.Eventually;

/// A real terminal, 80 columns wide, in which a command runs.
final class Tmux implements AutoCloseable {
    private final Path socket;
    private final Path written;

    /// @param environment what is set for it
    Tmux(Path folder, Map<String, String> environment, List<String> command) {
        this.socket = folder.resolve("tmux");
        this.written = folder.resolve("written");
        try {
            var script = new StringBuilder("trap : INT\n"); // Ctrl-C is for the command alone
            environment.forEach((name, value) -> script.append("export ").append(name).append("='").append(value).append("'\n"));
            command.forEach(word -> script.append("'").append(word.replace("'", "'\\''")).append("' "));
            script.append("\necho \"STATUS $?\"\nwhile :; do sleep 1; done\n");
            tmux("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "40", "sh", Files.writeString(folder.resolve("command.sh"), script).toString());
            tmux("pipe-pane", "cat >'" + written + "'");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private String tmux(String... args) {
        try {
            var command = new ArrayList<>(List.of(Optional.ofNullable(System.getenv("RUNNEL_TMUX")).orElse("tmux"), "-u", "-S", socket.toString()));
            command.addAll(List.of(args));
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void type(String text) {
        tmux("send-keys", "-l", text);
        press("Enter");
    }

    /// @param key as tmux calls it: `C-c`, `Tab`
    void press(String key) {
        tmux("send-keys", key);
    }

    /// All that it shows and has shown.
    String screen() {
        return tmux("capture-pane", "-p", "-J", "-S", "-500").replaceAll(" +(?=\n|$)", "");
    }

    /// The same with colours.
    String coloured() {
        return tmux("capture-pane", "-p", "-e", "-S", "-500");
    }

    /// The bytes that the program has sent it, with all that they ask of a terminal.
    String written() throws IOException {
        return Files.readString(written);
    }

    void awaitText(String text) {
        try {
            Eventually.holds(() -> screen().contains(text));
        } catch (AssertionError missing) {
            throw new AssertionError("There is no " + text + " in\n" + screen(), missing);
        }
    }

    @Override
    public void close() {
        tmux("kill-server");
    }
}
