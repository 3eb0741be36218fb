package runnel.upstream.openai;

import java.nio.charset.StandardCharsets;

/// Walks over JSON text (RFC 8259) value by value, as it lies there in UTF-8, and makes nothing but the strings that were
/// asked for. What is no UTF-8 is read as everywhere else: a wrong byte is U+FFFD.
///
/// Every method says whether the text went on as asked; after the first "no" the place is undefined. It may say no to
/// valid JSON that is unusual (a key with an escape, deep nesting, a very long number), never yes to invalid JSON.
final class JsonSkimmer {
    private static final int DEEPEST = 32;
    private static final int LONGEST_NUMBER = 64;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int keyStart;
    private int keyEnd;
    private StringBuilder unescaped;

    JsonSkimmer(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    boolean atEnd() {
        return peek() == 0 && at == end;
    }

    boolean take(char expected) {
        if (peek() != expected) {
            return false;
        }
        at++;
        return true;
    }

    /// Takes a member's name and the colon behind it.
    boolean key() {
        if (!take('"')) {
            return false;
        }
        keyStart = at;
        keyEnd = plainEnd();
        at = keyEnd + 1;
        return byteAt(keyEnd) == '"' && take(':');
    }

    boolean keyIs(String name) {
        return keyEnd - keyStart == name.length() && isAt(keyStart, name);
    }

    boolean takeNull() {
        return peek() == 'n' && literal("null");
    }

    /// Takes what says nothing: `null`, `""`, `[]` or `{}`.
    boolean takeNothing() {
        return switch (peek()) {
            case '"' -> take('"') && byteAt(at++) == '"';
            case '[' -> take('[') && take(']');
            case '{' -> take('{') && take('}');
            default -> takeNull();
        };
    }

    /// A string's value, `""` for `null`, or a Java `null` where neither of the two is next.
    String takeText() {
        if (peek() != '"') {
            return takeNull() ? "" : null;
        }
        int start = ++at;
        at = plainEnd();
        var plain = new String(bytes, start, at - start, StandardCharsets.UTF_8);
        if (byteAt(at) == '"') {
            at++;
            return plain;
        }
        unescaped = new StringBuilder(plain);
        return escapedRest() ? unescaped.toString() : null;
    }

    boolean skipValue() {
        return skipValue(0);
    }

    private boolean skipValue(int depth) {
        return switch (peek()) {
            case '"' -> skipString();
            case '{', '[' -> depth < DEEPEST && skipNested(depth + 1);
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> skipNumber();
        };
    }

    private boolean skipNested(int depth) {
        boolean object = bytes[at++] == '{';
        char end = object ? '}' : ']';
        if (take(end)) {
            return true;
        }
        do {
            if (object && !(peek() == '"' && skipString() && take(':')) || !skipValue(depth)) {
                return false;
            }
        } while (take(','));
        return take(end);
    }

    private boolean skipString() {
        at++;
        at = plainEnd();
        if (byteAt(at) == '"') {
            at++;
            return true;
        }
        unescaped = new StringBuilder();
        return escapedRest();
    }

    /// From an escape on to behind the closing quote.
    private boolean escapedRest() {
        while (byteAt(at) == '\\') {
            at++;
            if (!escape()) {
                return false;
            }
            int start = at;
            at = plainEnd();
            unescaped.append(new String(bytes, start, at - start, StandardCharsets.UTF_8));
        }
        return byteAt(at++) == '"';
    }

    private boolean escape() {
        byte b = byteAt(at++);
        switch (b) {
            case '"', '\\', '/' -> unescaped.append((char) b);
            case 'n' -> unescaped.append('\n');
            case 't' -> unescaped.append('\t');
            case 'r' -> unescaped.append('\r');
            case 'b' -> unescaped.append('\b');
            case 'f' -> unescaped.append('\f');
            case 'u' -> {
                return unicodeEscape();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean unicodeEscape() {
        int unit = 0;
        for (int behind = at + 4; at < behind; at++) {
            byte b = byteAt(at);
            int digit = b < 0 ? -1 : Character.digit(b, 16);
            if (digit < 0) {
                return false;
            }
            unit = unit << 4 | digit;
        }
        unescaped.append((char) unit);
        return true;
    }

    private boolean skipNumber() {
        int start = at;
        if (byteAt(at) == '-') {
            at++;
        }
        boolean whole = leadingZero() || digits();
        if (whole && byteAt(at) == '.') {
            at++;
            whole = digits();
        }
        if (whole && (byteAt(at) | 0x20) == 'e') {
            at++;
            if (byteAt(at) == '+' || byteAt(at) == '-') {
                at++;
            }
            whole = digits();
        }
        return whole && at - start <= LONGEST_NUMBER;
    }

    private boolean leadingZero() {
        if (byteAt(at) != '0') {
            return false;
        }
        at++;
        return true;
    }

    private boolean digits() {
        int start = at;
        while (byteAt(at) >= '0' && byteAt(at) <= '9') {
            at++;
        }
        return at > start;
    }

    private boolean literal(String word) {
        boolean there = isAt(at, word);
        at += word.length();
        return there;
    }

    private boolean isAt(int start, String word) {
        if (word.length() > end - start) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[start + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Where the plain part of a string ends: at a quote, a backslash, a forbidden control character or the text's end.
    private int plainEnd() {
        for (int i = at; i < end; i++) {
            byte b = bytes[i];
            if (b == '"' || b == '\\' || b >= 0 && b < ' ') {
                return i;
            }
        }
        return end;
    }

    /// The next byte that is not white space, which stays where it is; 0 at the end.
    private byte peek() {
        byte b = byteAt(at);
        while (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
            b = byteAt(++at);
        }
        return b;
    }

    /// A NUL is no part of any JSON outside of an escape, so it can stand for the end.
    private byte byteAt(int index) {
        return index < end ? bytes[index] : 0;
    }
}
