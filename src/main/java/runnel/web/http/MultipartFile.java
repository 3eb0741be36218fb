package runnel.web.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPart.Parser;
import org.eclipse.jetty.io.Content;
import runnel.chat.Refused;

/// The one file in a form (RFC 7578), read while the form is. It ends only where the whole form is sound and has no other file.
public final class MultipartFile extends InputStream {
    private static final int PIECE = 16 << 10;
    private static final int MAX_PARTS = 20;
    private static final int MAX_HEADERS = 8 << 10;
    private static final String TYPE = "multipart/form-data";
    private static final Pattern NAME = Pattern.compile("(?i)filename=(?:\"((?:[^\"\\\\]|\\\\.){0,2000}+)\"|([^;\\s]+))");
    private static final Pattern ENCODED = Pattern.compile("(?i)filename\\*=utf-8''([^;\\s]+)");

    private final InputStream form;
    private final Parser parser;
    private final Queue<ByteBuffer> content = new ArrayDeque<>();
    private Optional<String> name = Optional.empty();
    private boolean reading;
    private boolean over;
    private boolean whole;
    /// The parser calls back, and swallows what is thrown there.
    private Optional<Refused> failure = Optional.empty();

    private MultipartFile(InputStream form, String boundary) {
        this.form = form;
        this.parser = new Parser(boundary, new Parts());
        parser.setMaxParts(MAX_PARTS);
        parser.setPartHeadersMaxLength(MAX_HEADERS);
    }

    public static boolean isForm(String contentType) {
        return contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith(TYPE);
    }

    /// Reads up to where the file begins.
    ///
    /// @throws Refused where there is none
    public static MultipartFile of(InputStream form, String contentType) throws IOException {
        var boundary = MultiPart.extractBoundary(contentType);
        if (boundary == null || boundary.isEmpty()) {
            throw malformed();
        }
        var file = new MultipartFile(form, boundary);
        while (file.name.isEmpty()) {
            file.more();
        }
        return file;
    }

    private static Refused malformed() {
        return Refused.malformed("The body is not a whole form with one file in it.");
    }

    public String name() {
        return name.orElseThrow();
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        while (content.isEmpty() && !whole) {
            more();
        }
        if (content.isEmpty()) {
            return -1;
        }
        var next = content.element();
        int read = Math.min(length, next.remaining());
        next.get(bytes, from, read);
        if (!next.hasRemaining()) {
            content.remove();
        }
        return read;
    }

    private void more() throws IOException {
        var piece = form.readNBytes(PIECE);
        if (piece.length == 0 && over) {
            throw malformed();
        }
        over = piece.length == 0;
        parser.parse(over ? Content.Chunk.EOF : Content.Chunk.from(ByteBuffer.wrap(piece), false));
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private final class Parts implements Parser.Listener {
        @Override
        public void onPartHeader(String header, String value) {
            if (header.equalsIgnoreCase("Content-Disposition") && value.toLowerCase(Locale.ROOT).contains("filename")) {
                failure = Optional.of(Refused.field("file", "send one file at a time")).filter(_ -> name.isPresent());
                name = Optional.of(filename(value));
                reading = true;
            }
        }

        private static String filename(String disposition) {
            var encoded = ENCODED.matcher(disposition);
            if (encoded.find()) {
                return URLDecoder.decode(encoded.group(1).replace("+", "%2B"), StandardCharsets.UTF_8);
            }
            var plain = NAME.matcher(disposition);
            return !plain.find() ? "" : plain.group(1) == null ? plain.group(2)
                    : plain.group(1).replaceAll("\\\\(.)", "$1").replace("%22", "\"").replace("%0D", "").replace("%0A", "");
        }

        @Override
        public void onPartContent(Content.Chunk chunk) {
            if (reading && chunk.hasRemaining()) {
                content.add(chunk.getByteBuffer().slice());
            }
        }

        @Override
        public void onPartEnd() {
            reading = false;
        }

        @Override
        public void onComplete() {
            whole = true;
            failure = failure.or(() -> Optional.of(malformed()).filter(_ -> name.isEmpty()));
        }

        @Override
        public void onFailure(Throwable broken) {
            failure = failure.or(() -> Optional.of(malformed()));
        }
    }
}
