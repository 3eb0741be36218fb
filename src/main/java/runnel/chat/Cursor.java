package runnel.chat;

import java.util.Optional;
import java.util.regex.Pattern;

/// A place in a reply: everything before it has been read, everything behind it has not.
///
/// Written as at most 64 ASCII characters, it is the `id` of an event. Those who keep it need not understand it.
///
/// @param epoch names one text; a reply gets a new one when a crash took a part of what readers had seen, so that
///              an old place is never mistaken for one in the text that is left
/// @param place how many bytes of the reply's UTF-8 lie before it
/// @param stops how many `stop` events lie before it; a continued reply has more than one
public record Cursor(long epoch, int place, int stops) {
    private static final Pattern WRITTEN = Pattern.compile("([0-9a-z]{1,13})\\.(\\d{1,10})\\.(\\d{1,9})");

    /// Reads what [#toString] wrote; anything else is no cursor, as are those of earlier versions, which had four parts.
    public static Optional<Cursor> parse(String written) {
        var parts = WRITTEN.matcher(written);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Cursor(Long.parseLong(parts.group(1), Character.MAX_RADIX), Integer.parseInt(parts.group(2)),
                    Integer.parseInt(parts.group(3))));
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return Long.toString(epoch, Character.MAX_RADIX) + "." + place + "." + stops;
    }
}
