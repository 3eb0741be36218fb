package runnel.chat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What people call their chats to find them again. Tags are in small letters.
public final class Tags {
    public static final int MAX = 20;
    public static final int MAX_CHARACTERS = 50;

    private Tags() {}

    /// @return the tag as it is kept; nothing where it is empty, too long, or has a sign that a list of tags or a search cannot have
    public static Optional<String> of(String written) {
        var tag = written.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
        boolean fits = tag.matches("[^\\p{Cntrl},\"]+") && tag.codePointCount(0, tag.length()) <= MAX_CHARACTERS;
        return Optional.of(tag).filter(_ -> fits);
    }

    /// Of what an export has, what can be kept.
    public static List<String> some(Stream<String> written) {
        return written.flatMap(each -> of(each).stream()).distinct().limit(MAX).toList();
    }
}
