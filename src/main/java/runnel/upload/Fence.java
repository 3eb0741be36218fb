package runnel.upload;

import java.util.regex.Pattern;

/// Code and files as they stand in a text, in a fence that is longer than any in them.
public final class Fence {
    private static final Pattern TICKS = Pattern.compile("`{3,}");

    private Fence() {}

    /// A file with its name.
    public static String around(String name, String text) {
        return name + ":\n" + fenced("", text);
    }

    /// Code; nothing where there is none.
    public static String of(String language, String code) {
        return code.isBlank() ? "" : fenced(language, code);
    }

    private static String fenced(String language, String text) {
        int longest = TICKS.matcher(text).results().mapToInt(run -> run.end() - run.start()).max().orElse(0);
        var fence = "`".repeat(Math.max(3, longest + 1));
        return fence + language + "\n" + text.stripTrailing() + "\n" + fence;
    }
}
