package runnel.reply;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/// Text that only grows, as UTF-8 (RFC 3629). Bytes once written stay as they are, in every array that was handed out.
///
/// A surrogate pair that is cut in two is held back until it is whole. A half that stays alone becomes U+FFFD, as does
/// U+0000, which no database of text takes.
final class Utf8Text {
    /// A surrogate without its other half is a code point of its own.
    private static final Pattern NO_CHARACTER = Pattern.compile("[\\x00\\uD800-\\uDFFF]");

    private byte[] bytes;
    private int length;
    private String half = "";

    Utf8Text(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void append(String piece) {
        String text = half.concat(piece);
        boolean cut = !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
        int whole = text.length() - (cut ? 1 : 0);
        half = text.substring(whole);
        write(text.substring(0, whole));
    }

    /// Writes what was held back.
    void finish() {
        write(half);
        half = "";
    }

    private void write(String text) {
        byte[] utf8 = NO_CHARACTER.matcher(text).replaceAll("\uFFFD").getBytes(StandardCharsets.UTF_8);
        if (bytes.length - length < utf8.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + utf8.length, length + (length >> 1) + 64));
        }
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
    }
}
