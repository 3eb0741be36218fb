package runnel.reply;

import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import runnel.chat.End;
import runnel.chat.Reply;
import runnel.chat.Snapshot;

/// A reply that is being written: an append-only text with one writer and any number of readers.
///
/// The writer publishes a new [Snapshot] after every piece, so readers take text and end together and never wait for
/// a lock; then it wakes them on its own thread.
final class LiveReply implements ReplyText {
    private static final Logger LOG = LoggerFactory.getLogger(LiveReply.class);

    private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Utf8Text reasoning;
    private final Utf8Text content;
    private volatile Reply reply;
    private volatile Snapshot now;

    /// @param begun what the reply begins with: nothing, unless it is continued
    LiveReply(Reply reply, Snapshot begun) {
        this.reply = reply;
        this.reasoning = new Utf8Text(begun.reasoning(), begun.reasoningLength());
        this.content = new Utf8Text(begun.content(), begun.contentLength());
        this.now = begun;
    }

    @Override
    public Reply reply() {
        return reply;
    }

    @Override
    public Snapshot now() {
        return now;
    }

    @Override
    public void listen(Runnable wake) {
        listeners.add(wake);
    }

    @Override
    public void leave(Runnable wake) {
        listeners.remove(wake);
    }

    void omitted(int messages) {
        reply = new Reply(reply.id(), reply.chat(), reply.owner(), reply.prompt(), reply.model(), reply.epoch(), messages);
    }

    void appendReasoning(String piece) {
        reasoning.append(piece);
        publish(now.stops(), Optional.empty());
    }

    void appendContent(String piece) {
        content.append(piece);
        publish(now.stops(), Optional.empty());
    }

    /// The whole text, once nothing will be appended any more.
    Snapshot finished() {
        reasoning.finish();
        content.finish();
        publish(now.stops(), now.end());
        return now;
    }

    /// The last change of all.
    void end(End end) {
        publish(now.stops() + 1, Optional.of(end));
    }

    private void publish(int stops, Optional<End> end) {
        now = new Snapshot(reasoning.bytes(), reasoning.length(), content.bytes(), content.length(), stops, end);
        listeners.forEach(LiveReply::wake);
    }

    /// What one reader throws must reach neither the writer nor the other readers.
    private static void wake(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException | Error fault) {
            LOG.error("A reader of a reply could not be woken.", fault);
        }
    }
}
