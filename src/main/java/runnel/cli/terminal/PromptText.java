package runnel.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The prompt: what was typed, and what comes through a pipe.
final class PromptText {
    private static final int MAX_BYTES = 12_000_000;

    private PromptText() {}

    /// @param pipe standard input, where it is no terminal
    /// @throws Failure where that is no text
    static String of(String typed, Optional<InputStream> pipe) {
        return Stream.of(typed, pipe.map(PromptText::piped).orElse("")).filter(part -> !part.isBlank()).collect(Collectors.joining("\n\n"));
    }

    private static String piped(InputStream pipe) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(pipe.readNBytes(MAX_BYTES))).toString();
            if (text.indexOf('\0') < 0) {
                return text;
            }
        } catch (CharacterCodingException noText) {
            // answered below
        } catch (IOException unreadable) {
            throw Failure.wrong("Standard input cannot be read.");
        }
        throw Failure.wrong("Standard input is no text in UTF-8. Send a file by -f.");
    }

    /// @throws Failure where a file cannot be read
    static Path readable(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw Failure.wrong(file + " cannot be read.");
        }
        return file;
    }
}
