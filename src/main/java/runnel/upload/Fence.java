package runnel.upload;

import java.util.regex.Pattern;

/// A text file as it stands in a prompt.
public final class Fence {
    private static final Pattern TICKS = Pattern.compile("`{3,}");

    private Fence() {}

    /// Below its name.
    public static String around(String name, String text) {
        return name + ":\n" + of("", text);
    }

    /// In a fence that is longer than any in it.
    public static String of(String language, String text) {
        int longest = TICKS.matcher(text).results().mapToInt(run -> run.group().length()).max().orElse(0);
        var fence = "`".repeat(Math.max(3, longest + 1));
        return fence + language + "\n" + text.stripTrailing() + "\n" + fence;
    }
}
