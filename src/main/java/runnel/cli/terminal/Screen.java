package runnel.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Standard output and standard error, in UTF-8 whatever the locale says, unbuffered, and not silent when whoever reads has gone.
///
/// @param pipe     standard input, where it is no terminal
/// @param drawn    whether standard output is a terminal that takes colours
/// @param terminal whether it is a terminal
/// @param dimmed   whether standard error is one that takes colours
public record Screen(OutputStream out, OutputStream err, Optional<InputStream> pipe, boolean terminal, boolean drawn, boolean dimmed) {
    public static Screen of(Map<String, String> environment) {
        boolean colours = environment.getOrDefault("NO_COLOR", "").isEmpty() && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        boolean terminal = isTerminal(1);
        return new Screen(new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err),
                isTerminal(0) ? Optional.empty() : Optional.of(System.in), terminal,
                terminal && colours, isTerminal(2) && colours);
    }

    /// Java tells it of standard input and output together only.
    ///
    /// @param descriptor 0, 1 or 2
    private static boolean isTerminal(int descriptor) {
        var link = Path.of("/proc/self/fd/" + descriptor);
        try {
            if (Files.isSymbolicLink(link)) {
                return Files.readSymbolicLink(link).toString().matches("/dev/(pts/|tty|console).*");
            }
        } catch (IOException unreadable) {
            // asked of Java below
        }
        return System.console() != null && System.console().isTerminal();
    }

    /// As it is, or made harmless where a terminal shows it.
    void write(String text) throws IOException {
        out.write((terminal ? Printable.of(text) : text).getBytes(StandardCharsets.UTF_8));
    }

    /// Already harmless.
    void writeDrawn(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Nobody need read it.
    void say(String text) {
        sayDrawn(Printable.of(text));
    }

    void sayDimmed(String text) {
        sayDrawn(dimmed ? "\033[2m" + Printable.of(text) + "\033[22m" : Printable.of(text));
    }

    private void sayDrawn(String text) {
        try {
            err.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException gone) {
            // nor can it be said to anybody
        }
    }
}
