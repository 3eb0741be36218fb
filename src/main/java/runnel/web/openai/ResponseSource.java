package runnel.web.openai;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import runnel.reply.ReplyText;
import runnel.web.stream.Frame;
import runnel.web.stream.Source;

/// A reply behind a reader's [ResponsePlace], as frames of the Responses API; those that are there go out together.
final class ResponseSource implements Source<ByteBuffer> {
    private static final int MAX_BYTES = 32 << 10;
    private static final int FEW_BYTES = 512;

    private final ReplyText text;
    private final ResponsePlace place;
    private final ResponseFrames frames;
    private final Consumer<Boolean> left;

    /// @param left is told when the reader leaves: whether of its own accord
    ResponseSource(ReplyText text, ResponsePlace place, ResponseJson json, Consumer<Boolean> left) {
        this.text = text;
        this.place = place;
        this.frames = new ResponseFrames(json);
        this.left = left;
    }

    @Override
    public Optional<String> reply() {
        return Optional.of(text.reply().id());
    }

    @Override
    public ByteBuffer next() {
        var now = text.now();
        var out = new Frame(FEW_BYTES);
        while (out.length() < MAX_BYTES) {
            var event = frames.isEmpty() ? place.next(now) : null;
            if (event != null) {
                frames.add(out, event, now);
            } else if (frames.isEmpty()) {
                break;
            } else {
                frames.write(out, MAX_BYTES);
            }
        }
        return out.length() == 0 ? null : out.bytes();
    }

    @Override
    public boolean done() {
        return place.done() && frames.isEmpty();
    }

    @Override
    public Optional<String> cursor() {
        return Optional.empty();
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
        left.accept(gone);
    }

    @Override
    public String toString() {
        return "response " + text.reply().id();
    }
}
