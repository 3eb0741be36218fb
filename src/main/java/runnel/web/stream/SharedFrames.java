package runnel.web.stream;

import java.util.function.Function;
import runnel.chat.Cursor;
import runnel.chat.ReplyEvent;

/// The newest frame of text of each reply, so that the readers who have come to the same place share its bytes.
///
/// A frame follows from where its text begins and from its cursor, which names the reply too. Replies that meet in a slot
/// only make each other's frames anew.
final class SharedFrames {
    private static final int SLOTS = 256;

    private record Shared(Cursor cursor, int from, Frame frame) {}

    private final Shared[] slots = new Shared[SLOTS];

    Frame frame(ReplyEvent.More more, Function<ReplyEvent.More, Frame> encoding) {
        int slot = Long.hashCode(more.cursor().epoch()) & SLOTS - 1;
        var newest = slots[slot]; // a race costs one more encoding
        if (newest == null || newest.from != more.text().from() || !newest.cursor.equals(more.cursor())) {
            newest = new Shared(more.cursor(), more.text().from(), encoding.apply(more));
            slots[slot] = newest;
        }
        return newest.frame;
    }
}
