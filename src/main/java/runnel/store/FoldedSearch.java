package runnel.store;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import org.sqlite.Function;

/// `contains_folded(text, folded)`: whether a text contains some words in any case. SQLite's own `like` and `lower`
/// know the case of ASCII only.
final class FoldedSearch extends Function {
    static void register(Connection connection) {
        try {
            Function.create(connection, "contains_folded", new FoldedSearch(), 2, Function.FLAG_DETERMINISTIC);
        } catch (SQLException refused) {
            throw new StoreException("the search function could not be made known", refused);
        }
    }

    @Override
    protected void xFunc() throws SQLException {
        var text = value_blob(0);
        var words = value_blob(1);
        result(text != null && contains(text, words) ? 1 : 0);
    }

    /// How words must be given to it: once, and not for each text.
    static String folded(String text) {
        return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).replace('ς', 'σ'); // of which a word's place decides
    }

    /// @param text  in UTF-8, of which only what is not ASCII is folded by Unicode, which takes four times as long
    /// @param words in UTF-8, folded
    static boolean contains(byte[] text, byte[] words) {
        boolean ascii = true;
        for (int at = 0; at < text.length; at++) {
            if (text[at] < 0) {
                ascii = false;
            } else if (startsAt(text, at, words)) {
                return true;
            }
        }
        return words.length == 0 || !ascii && folded(utf8(text)).contains(utf8(words));
    }

    private static boolean startsAt(byte[] text, int from, byte[] words) {
        if (words.length == 0 || words.length > text.length - from) {
            return words.length == 0;
        }
        int at = 0;
        while (at < words.length && lower(text[from + at]) == words[at]) {
            at++;
        }
        return at == words.length;
    }

    private static int lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
