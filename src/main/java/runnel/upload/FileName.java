package runnel.upload;

import java.util.regex.Pattern;

/// The names of files, as people, pages, headers, prompts and zips can carry them.
public final class FileName {
    private static final int MAX_CHARACTERS = 120;
    private static final int MAX_ENDING = 12;
    /// Controls, what turns the direction of writing, halves of surrogate pairs, and what is not assigned: a name must look as it is.
    private static final Pattern UNFIT = Pattern.compile("[\\p{C}\\u2028\\u2029]");
    private static final Pattern RESERVED = Pattern.compile("[<>:\"|?*]");
    private static final Pattern OUTER = Pattern.compile("^[.\\s]+|(?<![.\\s])[.\\s]++$"); // in linear time

    private FileName() {}

    /// The last part of a path, without what no name should have in it. Its ending stays where it has to be shortened.
    public static String clean(String name) {
        var last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        var plain = UNFIT.matcher(last).replaceAll("");
        plain = OUTER.matcher(RESERVED.matcher(plain).replaceAll("_").replaceAll("\\s+", " ")).replaceAll("");
        if (plain.isEmpty()) {
            return "file";
        }
        int length = plain.codePointCount(0, plain.length());
        if (length <= MAX_CHARACTERS) {
            return plain;
        }
        int dot = plain.lastIndexOf('.');
        var ending = dot > 0 && plain.length() - dot <= MAX_ENDING ? plain.substring(dot) : "";
        return plain.substring(0, plain.offsetByCodePoints(0, MAX_CHARACTERS - ending.length())).strip() + ending;
    }
}
