package runnel.upload;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Text of any kind: UTF-8, or UTF-16 with a byte order mark, in which no character is a control.
final class PlainText {
    private static final int PIECE = 8 << 10;

    private PlainText() {}

    private record Encoding(Charset charset, int mark) {}

    /// @param out is given the text in UTF-8
    /// @return whether that is another than the file's own bytes
    /// @throws runnel.chat.Refused where it is no text, or too much
    static boolean read(Path file, OutputStream out) throws IOException {
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            var encoding = encoding(in);
            in.skipNBytes(encoding.mark);
            var reader = new InputStreamReader(in, encoding.charset.newDecoder());
            var writer = new OutputStreamWriter(new Content.Bounded(out), StandardCharsets.UTF_8);
            var piece = new char[PIECE];
            for (int read = reader.read(piece); read >= 0; read = reader.read(piece)) {
                refuseControls(piece, read);
                writer.write(piece, 0, read);
            }
            writer.flush();
            return encoding.mark > 0;
        } catch (CharacterCodingException noText) {
            throw Content.unsupported("It is neither an image nor a PDF, nor text in UTF-8 or, with a byte order mark, UTF-16.");
        }
    }

    private static Encoding encoding(BufferedInputStream in) throws IOException {
        in.mark(3);
        int mark = in.read() << 16 | (in.read() & 0xff) << 8 | in.read() & 0xff;
        in.reset();
        return mark == 0xefbbbf ? new Encoding(StandardCharsets.UTF_8, 3)
                : mark >> 8 == 0xfeff ? new Encoding(StandardCharsets.UTF_16BE, 2)
                : mark >> 8 == 0xfffe ? new Encoding(StandardCharsets.UTF_16LE, 2)
                : new Encoding(StandardCharsets.UTF_8, 0);
    }

    /// But for white space, and for what colours a terminal's output.
    private static void refuseControls(char[] text, int length) {
        for (int i = 0; i < length; i++) {
            char c = text[i];
            if (c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\u001b' || c == '\u007f') {
                throw Content.unsupported("It is neither an image nor a PDF nor text: it has control characters in it.");
            }
        }
    }
}
