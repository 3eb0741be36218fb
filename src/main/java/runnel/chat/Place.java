package runnel.chat;

import java.util.Optional;

/// One reader's place in a reply, and the only way in which a reply is read: whatever lies behind the place is handed
/// out as events, in order, once. Live or stored, first visit or return, fast or slow, are the same read.
///
/// It belongs to one thread at a time.
public final class Place {
    private final Reply reply;
    private final boolean resumed;
    private int reasoning;
    private int content;
    private int stops;
    private boolean greeted;
    private boolean done;

    private Place(Reply reply, Optional<Cursor> behind) {
        this.reply = reply;
        this.resumed = behind.isPresent();
        behind.ifPresent(cursor -> {
            reasoning = cursor.reasoning();
            content = cursor.content();
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
                && Utf8.border(text.reasoning(), text.reasoningLength(), cursor.reasoning())
                && Utf8.border(text.content(), text.contentLength(), cursor.content());
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
        if (reasoning < text.reasoningLength()) {
            int from = reasoning;
            reasoning = Utf8.borderBefore(text.reasoning(), text.reasoningLength(), Math.addExact(from, most));
            return new ReplyEvent.Reasoning(cursor(), new Slice(text.reasoning(), from, reasoning));
        }
        if (content < text.contentLength()) {
            int from = content;
            content = Utf8.borderBefore(text.content(), text.contentLength(), Math.addExact(from, most));
            return new ReplyEvent.Message(cursor(), new Slice(text.content(), from, content));
        }
        return text.end().isPresent() && !done ? stop(text, text.end().get()) : null;
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
        return new Cursor(reply.epoch(), reasoning, content, stops);
    }
}
