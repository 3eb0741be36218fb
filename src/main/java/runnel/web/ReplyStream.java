package runnel.web;

import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jetty.util.IteratingCallback;
import runnel.chat.Place;
import runnel.reply.ReplyText;

/// One reader of one reply on one wire: writes whatever lies behind the reader's place, until `stop`.
///
/// Whoever brings news (the reply's writer, the heartbeat, the end of the write before) calls [#iterate], and one of them
/// at a time goes on: takes everything behind the place, writes it, and looks again once it is written. There is no queue
/// and no thread. A reader that falls behind gets what has piled up as one larger event.
final class ReplyStream extends IteratingCallback implements Open {
    static final String NAME = "stream";
    private static final int MOST_BYTES = 64 << 10;

    private final Runnable wake = this::iterate;
    private final ReplyText text;
    private final Place place;
    private final Wire wire;
    private final Consumer<ReplyStream> gone;
    private volatile boolean closing;
    private volatile boolean heartbeatDue;
    private volatile boolean pending;
    /// When the last write began, by `System.nanoTime`.
    private volatile long wrote = System.nanoTime();

    /// @param gone is told once, when the reader has gone or has everything
    ReplyStream(ReplyText text, Place place, Wire wire, Consumer<ReplyStream> gone) {
        this.text = text;
        this.place = place;
        this.wire = wire;
        this.gone = gone;
    }

    void begin() {
        text.listen(wake);
        iterate();
    }

    @Override
    protected Action process() {
        pending = false;
        var event = closing ? null : place.next(text.now(), MOST_BYTES);
        if (event != null) {
            writing();
            wire.event(event, this);
        } else if (closing || place.done()) {
            return Action.SUCCEEDED;
        } else if (heartbeatDue) {
            heartbeatDue = false;
            writing();
            wire.heartbeat(this);
        } else {
            return Action.IDLE;
        }
        return Action.SCHEDULED;
    }

    @Override
    public String transport() {
        return wire.transport();
    }

    private void writing() {
        wrote = System.nanoTime();
        pending = true;
    }

    /// Sees to it that an idle wire carries a heartbeat in time, and that one which takes nothing is cut.
    @Override
    public void tick(long now, long heartbeatNanos) {
        if (now - wrote < heartbeatNanos) {
            return;
        }
        if (!pending) {
            heartbeatDue = true;
            iterate();
        } else if (now - wrote > 2 * heartbeatNanos) {
            wire.connection().cut();
        }
    }

    /// Ends the answer without `stop`, so that the reader comes back with its cursor.
    @Override
    public void finish() {
        closing = true;
        iterate();
    }

    @Override
    public boolean vanished(Set<Ends> unheard) {
        return wire.connection().vanished(unheard);
    }

    @Override
    public void abandon() {
        wire.connection().cut();
        finish();
    }

    @Override
    protected void onCompleteSuccess() {
        try {
            wire.end();
        } finally {
            leave();
        }
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        leave();
        wire.connection().cut();
    }

    private void leave() {
        text.leave(wake);
        gone.accept(this);
    }
}
