package runnel.cli;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Runs commands inside of a test.
public final class CommandLines {
    private CommandLines() {}

    public static int execute(List<Command> commands, OutputStream said, String... args) {
        var line = Commands.commandLine("test", new Serve(_ -> {}), commands);
        var writer = new PrintWriter(said, true, StandardCharsets.UTF_8);
        return line.setOut(writer).setErr(writer).execute(args);
    }
}
