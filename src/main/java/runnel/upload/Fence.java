package runnel.upload;

import java.util.regex.Pattern;

/// Text as it stands in Markdown: a file with its name, or code.
public final class Fence {
    private static final Pattern TICKS = Pattern.compile("`{3,}");

    private Fence() {}

    public static String around(String name, String text) {
        return name + ":\n" + code("", text);
    }

    /// In a fence that is longer than any in it.
    ///
    /// @param language may be empty
    public static String code(String language, String text) {
        int longest = TICKS.matcher(text).results().mapToInt(run -> run.end() - run.start()).max().orElse(0);
        var fence = "`".repeat(Math.max(3, longest + 1));
        return fence + language + "\n" + text.stripTrailing() + "\n" + fence;
    }
}
