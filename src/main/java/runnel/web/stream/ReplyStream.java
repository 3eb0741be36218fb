package runnel.web.stream;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import runnel.chat.Place;
import runnel.reply.ReplyText;
import runnel.web.http.Ends;

/// One reader of one reply on one wire: writes whatever lies behind the reader's place, until `stop`.
///
/// Whoever brings news (the reply's writer, the heartbeat, the end of the write before) asks for a turn, and one of them
/// at a time takes them all: in each it writes what lies behind the place, unless a write is on its way. There is no queue,
/// no lock and no thread. A reader that falls behind gets what has piled up as one larger event.
final class ReplyStream implements Runnable, Callback, OpenStream {
    static final String NAME = "stream";
    private static final Logger LOG = LoggerFactory.getLogger(ReplyStream.class);
    private static final int MAX_BYTES = 64 << 10;

    private final AtomicInteger turns = new AtomicInteger();
    private final ReplyText text;
    private final Place place;
    private final Wire wire;
    private final Consumer<ReplyStream> gone;
    private boolean over;
    private volatile boolean failed;
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
        text.listen(this);
        run();
    }

    /// Asks for a turn, since there may be something to do.
    @Override
    public void run() {
        if (turns.getAndIncrement() > 0) {
            return; // somebody is at it, and will see what is new
        }
        int taken = 1;
        do {
            turn();
            taken = turns.addAndGet(-taken);
        } while (taken > 0);
    }

    private void turn() {
        if (over || pending) {
            return;
        }
        try {
            if (failed) {
                fail();
            } else {
                resume();
            }
        } catch (RuntimeException | Error unexpected) { // not the writer's business, who has other readers
            LOG.warn("A reader of a reply was let go of.", unexpected);
            if (!over) {
                fail();
            }
        }
    }

    private void resume() {
        var event = closing ? null : place.next(text.now(), MAX_BYTES);
        if (event != null) {
            writing();
            wire.event(event, this);
        } else if (closing || place.done()) {
            end();
        } else if (heartbeatDue) {
            heartbeatDue = false;
            writing();
            wire.heartbeat(this);
        }
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
            run();
        } else if (now - wrote > 2 * heartbeatNanos) {
            wire.connection().cut();
        }
    }

    /// Ends the answer without `stop`, so that the reader comes back with its cursor.
    @Override
    public void finish() {
        closing = true;
        run();
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

    /// The write is on its way.
    @Override
    public void succeeded() {
        pending = false;
        run();
    }

    /// The reader has gone.
    @Override
    public void failed(Throwable cause) {
        failed = true;
        succeeded();
    }

    private void end() {
        over = true;
        try {
            wire.end();
        } finally {
            leave();
        }
    }

    private void fail() {
        over = true;
        leave();
        wire.connection().cut();
    }

    private void leave() {
        text.leave(this);
        gone.accept(this);
    }
}
