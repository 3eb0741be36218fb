package runnel.upload;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import runnel.chat.Refused;

/// What a file is, by its content: an image, a text, or a PDF, of which its text is read.
///
/// @param type   its media type. All text is `text/plain`, an SVG and a page of HTML too, so that no browser ever runs it
/// @param tokens how many a model is taken to read for it
/// @param text   whether what a model reads was written into the file beside it: its text in UTF-8
public record Content(String type, long tokens, boolean text) {
    /// How many bytes of text a model may be given of one file.
    public static final long MAX_TEXT = 4 << 20;
    private static final long BYTES_PER_TOKEN = 3;

    /// @param file what was sent
    /// @param text an empty file, for its text where that is another than the file itself
    /// @throws Refused where it is of no use, says why
    public static Content of(Path file, Path text) throws IOException {
        if (Files.size(file) == 0) {
            throw unsupported("It is empty.");
        }
        var image = ImageHeader.read(file);
        if (image.isPresent()) {
            return new Content(image.get().type(), image.get().tokens(), false);
        }
        if (PdfText.isPdf(file)) {
            PdfText.read(file, text);
            return new Content("application/pdf", tokens(Files.size(text)), true);
        }
        boolean other;
        try (var out = Files.newOutputStream(text)) {
            other = PlainText.read(file, out);
        }
        if (!other) {
            Files.newOutputStream(text).close();
        }
        return new Content("text/plain", tokens(Files.size(other ? text : file)), other);
    }

    static long tokens(long bytes) {
        return bytes / BYTES_PER_TOKEN + 1;
    }

    static Refused unsupported(String why) {
        return new Refused("unsupported-file", 415, "Unsupported file",
                why + " Images (PNG, JPEG, WebP, GIF), text of any kind and PDF files are taken.");
    }

    static Refused tooLarge(String why) {
        return new Refused("too-large", 413, "Too large", why);
    }

    static Refused tooMuchText() {
        return tooLarge("It has more than %,d bytes of text, which is more than a model reads. Send the part that matters."
                .formatted(MAX_TEXT));
    }

    /// Throws where more is written than a model may be given.
    static final class Bounded extends FilterOutputStream {
        private long left = MAX_TEXT;

        Bounded(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            left -= length;
            if (left < 0) {
                throw tooMuchText();
            }
            out.write(bytes, from, length);
        }
    }
}
