package runnel.web;

import java.util.regex.Pattern;

/// Text from outside, made such that every database and every protocol can carry it.
final class Text {
    private static final Pattern UNSTORABLE = Pattern.compile("\\x00|\\p{Cs}");

    private Text() {}

    /// Replaces U+0000 and halves of surrogate pairs by U+FFFD.
    static String clean(String text) {
        return UNSTORABLE.matcher(text).replaceAll("\uFFFD");
    }
}
