package runnel.store;

import java.lang.Character.UnicodeScript;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.Function;

/// `search_words(text)`: a text as the index of words takes it. Scripts that do not part their words, such as Chinese and Japanese,
/// get a [#BORDER] between their signs, so that each is a word to SQLite's `unicode61`, and some in a row are a phrase.
public final class SearchWords extends Function {
    /// A zero width space.
    static final char BORDER = '\u200b';
    /// Of a longer text, the beginning is searched: to take in more would keep other writes waiting.
    static final int MAX_CHARACTERS = 1_000_000;
    private static final char FIRST = '\u0e00';

    static void register(Connection connection) {
        try {
            Function.create(connection, "search_words", new SearchWords(), 1, Function.FLAG_DETERMINISTIC);
        } catch (SQLException refused) {
            throw new StoreException("the search function could not be made known", refused);
        }
    }

    @Override
    protected void xFunc() throws SQLException {
        var text = value_text(0);
        result(text == null ? "" : parted(text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS)));
    }

    public static String parted(String text) {
        if (text.chars().noneMatch(sign -> sign >= FIRST)) {
            return text;
        }
        var parted = new StringBuilder(text.length() + text.length() / 2);
        boolean before = false;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int sign = text.codePointAt(at);
            boolean alone = sign >= FIRST && standsAlone(sign);
            if (before || alone && at > 0) {
                parted.append(BORDER);
            }
            before = alone;
            parted.appendCodePoint(sign);
        }
        return parted.toString();
    }

    public static String joined(String parted) {
        return parted.replace(String.valueOf(BORDER), "");
    }

    private static boolean standsAlone(int sign) {
        return switch (UnicodeScript.of(sign)) {
            case HAN, HIRAGANA, KATAKANA, BOPOMOFO, THAI, LAO, KHMER, MYANMAR -> Character.isLetterOrDigit(sign);
            default -> false;
        };
    }
}
