package runnel.chat;

import java.util.Optional;

/// One reader's place in a reply, and the only way in which a reply is read: whatever lies behind the place is handed
/// out as events, run by run, in order, once. Live or stored, first visit or return, fast or slow, are the same read.
///
/// It belongs to one thread at a time.
public final class Place {
    private final Reply reply;
    private final boolean resumed;
    private int place;
    private int run;
    private int stops;
    private boolean greeted;
    private boolean done;

    private Place(Reply reply, Optional<Cursor> behind) {
        this.reply = reply;
        this.resumed = behind.isPresent();
        behind.ifPresent(cursor -> {
            place = cursor.place();
            stops = cursor.stops();
        });
    }

    /// The place that `written` names, or the beginning where this text has no such place: an unknown, foreign,
    /// malformed or future cursor.
    public static Place at(Reply reply, Snapshot text, Optional<String> written) {
        return new Place(reply, written.flatMap(Cursor::parse).filter(cursor -> honours(reply, text, cursor)));
    }

    private static boolean honours(Reply reply, Snapshot text, Cursor cursor) {
        return cursor.epoch() == reply.epoch() && cursor.stops() <= text.stops()
                && border(text.bytes(), text.length(), cursor.place());
    }

    /// Whether the cursor was honoured.
    public boolean resumed() {
        return resumed;
    }

    /// Whether `stop` lies before this place, so that nothing will ever follow, unless the reply is continued.
    public boolean behindStop(Snapshot text) {
        return done || text.end().isPresent() && stops == text.stops() && stops > 0;
    }

    /// The next event behind this place, or null where there is none yet. What has piled up comes joined.
    ///
    /// @param most the most bytes of text in one event, at least 4, so that a character always fits
    public ReplyEvent next(Snapshot text, int most) {
        if (!greeted) {
            greeted = true;
            return new ReplyEvent.Start(cursor(), reply.id(), reply.chat(), reply.model(), resumed, reply.omitted());
        }
        if (place < text.length()) {
            return more(text, most);
        }
        return text.end().isPresent() && !done ? stop(text, text.end().get()) : null;
    }

    private ReplyEvent more(Snapshot text, int most) {
        if (text.end(run) <= place) {
            run = text.runs().at(place);
        }
        int from = place;
        int end = text.end(run);
        place = end - from <= most ? end : borderBefore(text.bytes(), end, from + most);
        return new ReplyEvent.More(cursor(), text.runs().kind(run), new Slice(text.bytes(), from, place));
    }

    private ReplyEvent stop(Snapshot text, End end) {
        done = true;
        stops = text.stops();
        return new ReplyEvent.Stop(cursor(), end);
    }

    /// Whether `stop` has been handed out.
    public boolean done() {
        return done;
    }

    /// The place itself.
    public Cursor cursor() {
        return new Cursor(reply.epoch(), place, stops);
    }

    /// Whether a character begins or the text ends at `at`.
    static boolean border(byte[] text, int length, int at) {
        return at == length || at >= 0 && at < length && (text[at] & 0xC0) != 0x80;
    }

    /// The last border at or before `at`.
    static int borderBefore(byte[] text, int length, int at) {
        int border = Math.min(at, length);
        while (!border(text, length, border)) {
            border--;
        }
        return border;
    }
}
