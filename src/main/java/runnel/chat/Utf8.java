package runnel.chat;

/// Where characters begin in UTF-8 (RFC 3629).
final class Utf8 {
    private Utf8() {}

    /// Whether a character begins or the text ends at `at`.
    static boolean border(byte[] text, int length, int at) {
        return at == length || at >= 0 && at < length && (text[at] & 0xC0) != 0x80;
    }

    /// The last border at or before `at`.
    static int borderBefore(byte[] text, int length, int at) {
        int border = Math.min(at, length);
        while (!border(text, length, border)) {
            border--;
        }
        return border;
    }
}
