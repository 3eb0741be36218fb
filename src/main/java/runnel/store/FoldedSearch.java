package runnel.store;

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
        result(folded(value_text(0)).contains(value_text(1)) ? 1 : 0);
    }

    /// How words must be given to it: once, and not for each text.
    static String folded(String text) {
        return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
