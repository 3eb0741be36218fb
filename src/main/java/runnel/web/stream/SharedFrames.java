package runnel.web.stream;

import java.util.function.BiFunction;
import runnel.chat.Cursor;
import runnel.chat.Slice;

/// The newest frame of text of each reply, so that the readers who have come to the same place share its bytes.
///
/// A frame follows from where its text begins and from its cursor, which names the reply too. Replies that meet in a slot
/// only make each other's frames anew.
final class SharedFrames {
    private static final int SLOTS = 256;

    private record Shared(Cursor cursor, int from, Frame frame) {}

    private final Shared[] slots = new Shared[SLOTS];

    Frame frame(Cursor cursor, Slice text, BiFunction<Cursor, Slice, Frame> encoding) {
        int slot = Long.hashCode(cursor.epoch()) & SLOTS - 1;
        var newest = slots[slot]; // a race costs one more encoding
        if (newest == null || newest.from != text.from() || !newest.cursor.equals(cursor)) {
            newest = new Shared(cursor, text.from(), encoding.apply(cursor, text));
            slots[slot] = newest;
        }
        return newest.frame;
    }
}
