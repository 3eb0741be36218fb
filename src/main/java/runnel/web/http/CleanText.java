package runnel.web.http;

import java.util.regex.Pattern;

/// Text from outside, made such that every database and every protocol can carry it.
public final class CleanText {
    private static final Pattern UNSTORABLE = Pattern.compile("\\x00|\\p{Cs}");

    private CleanText() {}

    /// Replaces U+0000 and halves of surrogate pairs by U+FFFD.
    public static String clean(String text) {
        return UNSTORABLE.matcher(text).replaceAll("\uFFFD");
    }
}
