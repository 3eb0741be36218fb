package runnel.cli.terminal;

import java.util.regex.Pattern;

/// Makes text from outside harmless for a terminal, which obeys control characters (CVE-2003-0063 and its many successors): they
/// could retitle it, write to the clipboard, or answer for the user. Those that turn the direction of what follows go too, since
/// they show another command than the one that is copied (CVE-2021-42574).
public final class Printable {
    private static final Pattern HARMFUL =
            Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069\\ufff9-\\ufffb&&[^\\n\\t]]");

    private Printable() {}

    static String of(String text) {
        return HARMFUL.matcher(text.replace("\r\n", "\n")).replaceAll("\ufffd");
    }

    /// The same for one line.
    public static String line(String text) {
        return of(text).replace('\n', ' ').replace('\t', ' ');
    }
}
