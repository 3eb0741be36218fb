package runnel.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The prompt: the files that come with it, what was typed, and what comes through a pipe.
final class PromptText {
    private static final int MAX_BYTES = 12_000_000;
    private static final Pattern FENCE = Pattern.compile("`+");

    private PromptText() {}

    /// @param pipe standard input, where it is no terminal
    /// @throws Failure where a file cannot be read or is no text
    static String of(List<Path> files, String typed, Optional<InputStream> pipe) {
        var parts = new ArrayList<String>();
        files.forEach(file -> parts.add(file(file)));
        parts.add(typed);
        pipe.map(PromptText::piped).ifPresent(parts::add);
        return String.join("\n\n", parts.stream().filter(part -> !part.isBlank()).toList());
    }

    private static String piped(InputStream pipe) {
        try {
            return decoded(pipe.readNBytes(MAX_BYTES), "Standard input");
        } catch (IOException unreadable) {
            throw Failure.wrong("Standard input cannot be read.");
        }
    }

    /// A text file with its name, in a fence that is longer than any in it.
    static String file(Path file) {
        try (var in = Files.newInputStream(file)) {
            var text = decoded(in.readNBytes(MAX_BYTES), file.toString());
            int longest = FENCE.matcher(text).results().mapToInt(run -> run.group().length()).max().orElse(0);
            var fence = "`".repeat(Math.max(3, longest + 1));
            return file.getFileName().toString().replaceAll("\\p{C}", "?") + ":\n" + fence + "\n" + text.stripTrailing() + "\n" + fence;
        } catch (IOException unreadable) {
            throw Failure.wrong(file + " cannot be read.");
        }
    }

    private static String decoded(byte[] bytes, String name) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            if (text.indexOf('\0') < 0) {
                return text;
            }
        } catch (CharacterCodingException noText) {
            // answered below
        }
        throw Failure.wrong(name + " is no text in UTF-8. Images and other files cannot be sent to this server yet.");
    }
}
