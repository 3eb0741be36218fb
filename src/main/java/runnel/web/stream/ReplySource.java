package runnel.web.stream;

import java.util.Optional;
import runnel.chat.Place;
import runnel.chat.ReplyEvent;
import runnel.reply.ReplyText;

/// A reply behind a reader's place. What has piled up comes joined, in events of at most 64 KiB of text.
record ReplySource(ReplyText text, Place place) implements Source<StreamEvent> {
    private static final int MAX_BYTES = 64 << 10;

    /// @param cursor as the reader wrote it
    ReplySource(ReplyText text, Optional<String> cursor) {
        this(text, Place.at(text.reply(), text.now(), cursor));
    }

    @Override
    public Optional<String> reply() {
        return Optional.of(text.reply().id());
    }

    @Override
    public StreamEvent next() {
        var now = text.now();
        var event = place.behindStop(now) ? null : place.next(now, MAX_BYTES);
        while (event instanceof ReplyEvent.More more && EventJson.name(more.kind()).isEmpty()) {
            event = place.next(now, MAX_BYTES);
        }
        return event == null ? null : new StreamEvent.OfReply(event);
    }

    @Override
    public boolean done() {
        return place.behindStop(text.now());
    }

    @Override
    public Optional<String> cursor() {
        return Optional.of(place.cursor().toString());
    }

    @Override
    public Runnable held() {
        return text.held();
    }

    @Override
    public void listen(Runnable wake) {
        text.listen(wake);
    }

    @Override
    public void leave(Runnable wake, boolean gone) {
        text.leave(wake);
    }

    @Override
    public String toString() {
        return "reply " + text.reply().id();
    }
}
