package runnel.upload;

import java.io.File;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.fontbox.FontBoxFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.font.CIDFontMapping;
import org.apache.pdfbox.pdmodel.font.FontMapper;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.font.FontMapping;
import org.apache.pdfbox.pdmodel.font.PDCIDSystemInfo;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;
import org.apache.pdfbox.text.PDFTextStripper;
import runnel.chat.Refused;

/// Reads the text of one PDF in a process that has little memory and ends by itself; its exit status says what became of it.
final class PdfProcess {
    static final int MAX_PAGES = 2_000;
    static final int LOCKED = 3;
    static final int TOO_MANY_PAGES = 4;
    static final int TOO_MUCH_TEXT = 5;
    static final int NO_TEXT = 6;
    static final int TOO_SLOW = 7;
    private static final int DAMAGED = 8;
    static final int NO_ROOM = 9;
    /// What may lie unpacked on the disk meanwhile.
    private static final long MAX_UNPACKED = 256 << 20;

    private PdfProcess() {}

    public static void main(String[] files) {
        var clock = new Thread(() -> {
            try {
                Thread.sleep(1_000L * PdfText.MAX_WAIT_SECONDS);
                Runtime.getRuntime().halt(TOO_SLOW);
            } catch (InterruptedException read) {
                // in time
            }
        });
        clock.setDaemon(true);
        clock.start();
        int status = DAMAGED;
        try {
            status = read(new File(files[0]), Path.of(files[1]));
        } catch (InvalidPasswordException locked) {
            status = LOCKED;
        } catch (Refused tooMuch) {
            status = TOO_MUCH_TEXT;
        } catch (NoRoom full) {
            status = NO_ROOM;
        } catch (Throwable damaged) { // of any kind, a StackOverflowError too
            status = DAMAGED;
        }
        Runtime.getRuntime().halt(status);
    }

    private static int read(File file, Path text) throws IOException {
        FontMappers.set(new OneFont());
        try (var document = Loader.loadPDF(file, "", null, null, MemoryUsageSetting.setupTempFileOnly(MAX_UNPACKED).streamCache);
                var out = new OutputStreamWriter(new Content.Bounded(new Disk(Files.newOutputStream(text))), StandardCharsets.UTF_8)) {
            int pages = document.getNumberOfPages();
            if (pages > MAX_PAGES) {
                return TOO_MANY_PAGES;
            }
            var letters = new Letters(out);
            var stripper = new PDFTextStripper();
            stripper.setSortByPosition(false);
            for (int page = 1; page <= pages; page++) {
                letters.write("[Page " + page + "]\n");
                stripper.setStartPage(page);
                stripper.setEndPage(page);
                letters.counting = true;
                stripper.writeText(document, letters);
                letters.counting = false;
            }
            return letters.some ? 0 : NO_TEXT;
        }
    }

    private static final class NoRoom extends RuntimeException {
        private NoRoom(IOException cause) {
            super(cause);
        }
    }

    /// Tells a full disk from a damaged file.
    private static final class Disk extends FilterOutputStream {
        Disk(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            try {
                out.write(bytes, from, length);
            } catch (IOException full) {
                throw new NoRoom(full);
            }
        }
    }

    /// Knows whether there was anything but white space, and lets no control character through.
    private static final class Letters extends Writer {
        private final Writer out;
        private boolean counting;
        private boolean some;

        Letters(Writer out) {
            this.out = out;
        }

        @Override
        public void write(char[] text, int from, int length) throws IOException {
            for (int i = from; i < from + length; i++) {
                some |= counting && !Character.isWhitespace(text[i]);
                out.write(text[i] < ' ' && text[i] != '\n' && text[i] != '\t' ? ' ' : text[i]);
            }
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    /// Lends PDFBox's own font to every text without one. For its letters' meaning any does; PDFBox else looks through all fonts of the
    /// machine, which takes seconds, and writes what it found into the user's home.
    private static final class OneFont implements FontMapper {
        private final TrueTypeFont font;

        OneFont() throws IOException {
            font = new TTFParser().parse(RandomAccessReadBuffer.createBufferFromStream(
                    FontMapper.class.getResourceAsStream("/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf")));
        }

        @Override
        public FontMapping<TrueTypeFont> getTrueTypeFont(String name, PDFontDescriptor wanted) {
            return new FontMapping<>(font, true);
        }

        @Override
        public FontMapping<FontBoxFont> getFontBoxFont(String name, PDFontDescriptor wanted) {
            return new FontMapping<>(font, true);
        }

        @Override
        public CIDFontMapping getCIDFont(String name, PDFontDescriptor wanted, PDCIDSystemInfo signs) {
            return new CIDFontMapping(null, font, true);
        }
    }
}
