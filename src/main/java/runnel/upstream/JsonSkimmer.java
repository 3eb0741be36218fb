package runnel.upstream;

/// Walks over JSON text (RFC 8259) value by value, and makes nothing but the strings that were asked for.
///
/// Every method says whether the text went on as asked; after the first "no" the place is undefined. It may say no to
/// valid JSON that is unusual (a key with an escape, deep nesting, a very long number), never yes to invalid JSON.
final class JsonSkimmer {
    private static final int DEEPEST = 32;
    private static final int LONGEST_NUMBER = 64;

    private final StringBuilder unescaped = new StringBuilder();
    private String text = "";
    private int at;
    private int keyStart;
    private int keyEnd;

    void begin(String json) {
        text = json;
        at = 0;
    }

    boolean atEnd() {
        return peek() == 0 && at == text.length();
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
        return charAt(keyEnd) == '"' && take(':');
    }

    boolean keyIs(String name) {
        return keyEnd - keyStart == name.length() && text.startsWith(name, keyStart);
    }

    boolean takeNull() {
        return peek() == 'n' && literal("null");
    }

    /// A string's value, `""` for `null`, or a Java `null` where neither of the two is next.
    String takeText() {
        if (peek() != '"') {
            return takeNull() ? "" : null;
        }
        int start = ++at;
        at = plainEnd();
        if (charAt(at) == '"') {
            return text.substring(start, at++);
        }
        unescaped.setLength(0);
        unescaped.append(text, start, at);
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
        boolean object = text.charAt(at++) == '{';
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
        if (charAt(at) == '"') {
            at++;
            return true;
        }
        unescaped.setLength(0);
        return escapedRest();
    }

    /// From an escape on to behind the closing quote.
    private boolean escapedRest() {
        while (charAt(at) == '\\') {
            at++;
            if (!escape()) {
                return false;
            }
            int start = at;
            at = plainEnd();
            unescaped.append(text, start, at);
        }
        return charAt(at++) == '"';
    }

    private boolean escape() {
        char c = charAt(at++);
        switch (c) {
            case '"', '\\', '/' -> unescaped.append(c);
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
        for (int end = at + 4; at < end; at++) {
            char c = charAt(at);
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
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
        if (charAt(at) == '-') {
            at++;
        }
        boolean whole = leadingZero() || digits();
        if (whole && charAt(at) == '.') {
            at++;
            whole = digits();
        }
        if (whole && (charAt(at) | 0x20) == 'e') {
            at++;
            if (charAt(at) == '+' || charAt(at) == '-') {
                at++;
            }
            whole = digits();
        }
        return whole && at - start <= LONGEST_NUMBER;
    }

    private boolean leadingZero() {
        if (charAt(at) != '0') {
            return false;
        }
        at++;
        return true;
    }

    private boolean digits() {
        int start = at;
        while (charAt(at) >= '0' && charAt(at) <= '9') {
            at++;
        }
        return at > start;
    }

    private boolean literal(String word) {
        boolean there = text.startsWith(word, at);
        at += word.length();
        return there;
    }

    /// Where the plain part of a string ends: at a quote, a backslash, a forbidden control character or the text's end.
    private int plainEnd() {
        int end = at;
        for (int length = text.length(); end < length; end++) {
            char c = text.charAt(end);
            if (c == '"' || c == '\\' || c < ' ') {
                break;
            }
        }
        return end;
    }

    /// The next character that is not white space, which stays where it is; 0 at the end.
    private char peek() {
        char c = charAt(at);
        while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            c = charAt(++at);
        }
        return c;
    }

    /// A NUL is no part of any JSON outside of an escape, so it can stand for the end.
    private char charAt(int index) {
        return index < text.length() ? text.charAt(index) : 0;
    }
}
