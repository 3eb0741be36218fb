package runnel.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jline.keymap.KeyMap;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/// Lines that are typed, by JLine: with a history, completion, and more than one line by a backslash at its end, by Alt-Enter or by
/// pasting.
final class TypedLines implements Lines {
    private static final String NEW_LINE = "new-line";

    private final Terminal terminal;
    private final LineReader reader;
    private final Attributes usual;
    private final String prompt;

    /// @param interrupted is called where Ctrl-C is pressed while nothing is typed
    TypedLines(Completer completer, Optional<Path> folder, boolean coloured, Runnable interrupted) throws IOException {
        // JLine would ask the terminal what it can, and take an answer that comes late, as over a slow line, for something typed.
        this.terminal = TerminalBuilder.builder().system(true).provider("exec").graphemeCluster(false).build();
        this.prompt = coloured ? "\033[1m> \033[22m" : "> ";
        terminal.handle(Terminal.Signal.INT, _ -> interrupted.run());
        usual = terminal.getAttributes();
        var parser = new DefaultParser();
        parser.setEofOnEscapedNewLine(true);
        var builder = LineReaderBuilder.builder().terminal(terminal).completer(completer).parser(parser).appName("runnel")
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true).option(LineReader.Option.INSERT_TAB, false)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "  ");
        history(folder).ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
        reader = builder.build();
        reader.getWidgets().put(NEW_LINE, () -> {
            reader.getBuffer().write('\n');
            return true;
        });
        reader.getKeyMaps().get(LineReader.MAIN).bind(new Reference(NEW_LINE), KeyMap.alt('\r'));
    }

    /// What was typed is for its owner's eyes only.
    private static Optional<Path> history(Optional<Path> folder) {
        try {
            var file = Files.createDirectories(folder.orElseThrow(IOException::new)).resolve("history");
            if (Files.notExists(file)) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            return Optional.of(file);
        } catch (IOException | UnsupportedOperationException none) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> next() {
        boolean empty = false;
        while (true) {
            try {
                return Optional.of(reader.readLine(prompt).replace("\\\n", "\n"));
            } catch (UserInterruptException pressed) {
                if (empty && pressed.getPartialLine().isBlank()) {
                    throw new Left();
                }
                empty = pressed.getPartialLine().isBlank();
            } catch (EndOfFileException over) {
                return Optional.empty();
            }
        }
    }

    @Override
    public void listening(boolean shown) {
        var attributes = new Attributes(usual);
        attributes.setLocalFlag(Attributes.LocalFlag.ECHO, !shown);
        terminal.setAttributes(shown ? attributes : usual);
    }

    @Override
    public void close() throws IOException {
        terminal.setAttributes(usual);
        terminal.close();
    }
}
