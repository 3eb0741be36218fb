package runnel.reply;

import java.util.Arrays;

/// Text that only grows, as UTF-8 (RFC 3629). Bytes once written stay as they are, in every array that was handed out.
///
/// A surrogate pair that is cut in two is held back until it is whole. A half that stays alone becomes U+FFFD, as does
/// U+0000, which no database of text takes.
final class Utf8Text {
    private static final char REPLACEMENT = '\uFFFD';
    private static final int MAX_BYTES_PER_CHAR = 3;

    private byte[] bytes;
    private int length;
    private char half;

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
        reserve((piece.length() + 1) * MAX_BYTES_PER_CHAR);
        for (int i = 0; i < piece.length(); i++) {
            append(piece.charAt(i));
        }
    }

    /// Writes what was held back.
    void finish() {
        if (half != 0) {
            reserve(MAX_BYTES_PER_CHAR);
            half = 0;
            encode(REPLACEMENT);
        }
    }

    private void append(char next) {
        if (half != 0) {
            char first = half;
            half = 0;
            if (Character.isLowSurrogate(next)) {
                encode(Character.toCodePoint(first, next));
                return;
            }
            encode(REPLACEMENT);
        }
        if (Character.isHighSurrogate(next)) {
            half = next;
        } else {
            encode(next == 0 || Character.isLowSurrogate(next) ? REPLACEMENT : next);
        }
    }

    private void encode(int codePoint) {
        if (codePoint < 0x80) {
            bytes[length++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            bytes[length++] = (byte) (0xC0 | codePoint >> 6);
            trail(codePoint);
        } else if (codePoint < 0x10000) {
            bytes[length++] = (byte) (0xE0 | codePoint >> 12);
            trail(codePoint >> 6);
            trail(codePoint);
        } else {
            bytes[length++] = (byte) (0xF0 | codePoint >> 18);
            trail(codePoint >> 12);
            trail(codePoint >> 6);
            trail(codePoint);
        }
    }

    private void trail(int bits) {
        bytes[length++] = (byte) (0x80 | bits & 0x3F);
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, length + (length >> 1) + 64));
        }
    }
}
