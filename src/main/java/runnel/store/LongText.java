package runnel.store;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Text in a column of its own kind: packed where it is long, since SQLite writes every page twice and knows no compression.
final class LongText {
    private static final int MIN_BYTES = 1_000;

    private LongText() {}

    /// What to write for it.
    static Object of(String text) {
        if (text.length() < MIN_BYTES) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return of(bytes, bytes.length);
    }

    /// The same for text in UTF-8.
    static Object of(byte[] text, int length) {
        return length < MIN_BYTES ? new String(text, 0, length, StandardCharsets.UTF_8) : Packed.pack(text, length);
    }

    static String text(ResultSet row, int column) throws SQLException {
        return switch (row.getObject(column)) {
            case byte[] packed -> unpacked(packed);
            case Object text -> text.toString();
        };
    }

    static String unpacked(byte[] packed) {
        return new String(Packed.unpack(packed), StandardCharsets.UTF_8);
    }
}
