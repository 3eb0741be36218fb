package runnel.cli.terminal;

import org.jline.utils.WCWidth;

/// How much room a text takes on a terminal.
final class Columns {
    private static final int TAB = 8;
    private static final int JOINER = 0x200d;
    private static final int AS_EMOJI = 0xfe0f;

    private Columns() {}

    /// The columns of a line, colours left out.
    static int of(String line) {
        return line.replaceAll("\033\\[[0-9;]*m", "").codePoints().map(Columns::of).sum();
    }

    private static int of(int character) {
        return Math.max(0, WCWidth.wcwidth(character));
    }

    /// The rows that a text takes from the first column on.
    ///
    /// @return a number larger than any terminal's where that depends on the terminal: each thinks differently of an emoji that is
    ///         joined from several
    static int rows(String text, int width) {
        int least = rows(text, width, false);
        return least == rows(text, width, true) ? least : Integer.MAX_VALUE;
    }

    private static int rows(String text, int width, boolean wide) {
        int rows = 1;
        int column = 0;
        int before = 0;
        for (int character : text.codePoints().toArray()) {
            if (character == '\n') {
                rows++;
                column = 0;
            } else {
                int columns = character == '\t' ? TAB - column % TAB : wide ? most(character) : least(character, before);
                boolean wraps = column + columns > width;
                rows += wraps ? 1 : 0;
                column = wraps ? columns : column + columns;
            }
            before = character;
        }
        return rows;
    }

    private static int most(int character) {
        return character == AS_EMOJI ? 1 : isModifier(character) ? 2 : of(character);
    }

    private static int least(int character, int before) {
        return before == JOINER || isModifier(character) || isFlag(character) && isFlag(before) ? 0 : of(character);
    }

    private static boolean isModifier(int character) {
        return character >= 0x1f3fb && character <= 0x1f3ff;
    }

    private static boolean isFlag(int character) {
        return character >= 0x1f1e6 && character <= 0x1f1ff;
    }
}
