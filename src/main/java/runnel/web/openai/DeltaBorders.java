package runnel.web.openai;

/// Where the text of a reply is cut into deltas: behind white space, behind each Chinese or Japanese character, and at latest
/// after 64 bytes. The borders depend on the text alone, not on the pieces in which it came, so that a replay cuts as the live
/// stream did; for the same reason the characters are told apart by fixed ranges, not by a table of Unicode that changes with the
/// JDK. A border is behind a whole character, and not between one and the marks, selectors and joiners that belong to it
/// (UAX #29, 3.1), unless those alone are longer than a delta may be.
final class DeltaBorders {
    static final int MAX_BYTES = 64;

    private static final int JOINER = 0x200D;

    /// First and last character of what belongs to the character before it.
    private static final int[] MARKS = {0x0300, 0x036F, 0x0483, 0x0489, 0x0591, 0x05C7, 0x0610, 0x061A, 0x064B, 0x065F, 0x0670, 0x0670,
        0x06D6, 0x06ED, 0x0E31, 0x0E3A, 0x0E47, 0x0E4E, 0x0EB1, 0x0EBC, 0x0EC8, 0x0ECE, 0x0F71, 0x0F87, 0x0F8D, 0x0FBC, 0x102B, 0x103E,
        0x1160, 0x11FF, 0x17B4, 0x17D3, 0x1AB0, 0x1AFF, 0x1DC0, 0x1DFF, 0x200C, JOINER, 0x20D0, 0x20FF, 0x302A, 0x302F, 0x3099, 0x309A,
        0xFE00, 0xFE0F, 0xFE20, 0xFE2F, 0x1F3FB, 0x1F3FF, 0xE0020, 0xE007F, 0xE0100, 0xE01EF};
    private static final int[] CHINESE = {0x2E80, 0x9FFF, 0xF900, 0xFAFF, 0xFF00, 0xFFEF, 0x20000, 0x3FFFF};
    private static final int[] WHITE = {0x09, 0x0D, 0x20, 0x20, 0x2000, 0x200A, 0x2028, 0x2029, 0x3000, 0x3000};

    private DeltaBorders() {}

    /// Where the delta ends that begins at `from`, or -1 where that is not known before more has come.
    ///
    /// @param from  the beginning of the run, or a border
    /// @param end   where the text ends that there is; a whole character ends there
    /// @param whole whether nothing will follow
    static int next(byte[] text, int from, int end, boolean whole) {
        int safe = from;
        int at = from;
        int base = 0; // what the marks before belong to
        for (int before = 0; at < end;) {
            int character = character(text, at);
            int size = size(text[at]);
            if (at == from || !joined(before, character)) {
                if (at > from && separates(base, character)) {
                    return at;
                }
                safe = at;
                base = character;
            }
            if (at + size - from > MAX_BYTES && at > from) {
                return safe > from ? safe : at;
            }
            before = character;
            at += size;
        }
        return whole && end > from ? end : -1;
    }

    /// The last border that is known and is at most `most` bytes behind `from`, or the first one; -1 where there is none.
    static int last(byte[] text, int from, int end, boolean whole, int most) {
        int last = -1;
        for (int next = next(text, from, end, whole); next >= 0 && (last < 0 || next - from <= most);) {
            last = next;
            next = next < end ? next(text, next, end, whole) : -1;
        }
        return last;
    }

    private static boolean separates(int character, int next) {
        return isIn(WHITE, character) && !isIn(WHITE, next) || isIn(CHINESE, character);
    }

    private static boolean joined(int before, int next) {
        return next >= MARKS[0] && (before == JOINER || isMark(next) || isFlag(before) && isFlag(next));
    }

    private static boolean isMark(int character) {
        return isIn(MARKS, character) || character >= 0x0900 && character < 0x0E00 && isIndicSign(character & 0x7F);
    }

    /// The scripts of India lie in blocks of one layout.
    private static boolean isIndicSign(int place) {
        return place <= 0x03 || place >= 0x3A && place <= 0x57 || place == 0x62 || place == 0x63;
    }

    /// A flag is a pair of these.
    private static boolean isFlag(int character) {
        return character >= 0x1F1E6 && character <= 0x1F1FF;
    }

    private static boolean isIn(int[] ranges, int character) {
        for (int i = 0; i < ranges.length && character >= ranges[i]; i += 2) {
            if (character <= ranges[i + 1]) {
                return true;
            }
        }
        return false;
    }

    private static int size(byte first) {
        return first >= 0 ? 1 : (first & 0xE0) == 0xC0 ? 2 : (first & 0xF0) == 0xE0 ? 3 : 4;
    }

    private static int character(byte[] text, int at) {
        int first = text[at];
        return switch (size(text[at])) {
            case 1 -> first;
            case 2 -> (first & 0x1F) << 6 | text[at + 1] & 0x3F;
            case 3 -> (first & 0x0F) << 12 | (text[at + 1] & 0x3F) << 6 | text[at + 2] & 0x3F;
            default -> (first & 0x07) << 18 | (text[at + 1] & 0x3F) << 12 | (text[at + 2] & 0x3F) << 6 | text[at + 3] & 0x3F;
        };
    }
}
