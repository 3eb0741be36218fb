package runnel;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Text of everything that ever broke a stream.
public final class Nasty {
    private static final String[] PARTS = {"a", "word ", "\n", "\r", "\r\n", "\n\n", "\u2028", "\u2029", "\u0085", "\u0000", "\u0007", "\u001b",
        "\"", "\\", "</script>", "data: x\n\n", ": ", "id: 9\n", "é", "ß", "漢字", "€", "😀", "👩‍👩‍👧", "\ud83d", "\ude00", "\ufeff", "\uffff",
        "e\u0301", "\t", " ", "{\"content\":\"x\"}", "[DONE]", "\u202e", "𝄞"};

    private Nasty() {}

    public static String text(RandomGenerator random, int parts) {
        var text = new StringBuilder();
        for (int i = 0; i < parts; i++) {
            text.append(PARTS[random.nextInt(PARTS.length)]);
        }
        return text.toString();
    }

    /// The text in pieces that may be empty and may cut a pair of surrogates in two.
    public static List<String> pieces(RandomGenerator random, String text, int longest) {
        var pieces = new ArrayList<String>();
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + random.nextInt(longest + 1));
            pieces.add(text.substring(at, end));
            at = end;
        }
        return pieces;
    }

    /// What is stored of a text: halves of pairs and U+0000 are replaced.
    public static String stored(String text) {
        var stored = new StringBuilder();
        text.codePoints().forEach(point -> stored.appendCodePoint(point == 0 || point >= 0xd800 && point <= 0xdfff ? 0xfffd : point));
        return stored.toString();
    }
}
