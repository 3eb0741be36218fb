package runnel.web.stream;

import java.io.EOFException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import runnel.chat.FaultLog;
import runnel.store.StoreException;

/// One reader on one wire, from its first byte to its last: writes whatever lies behind the reader's place.
///
/// Whoever brings news (the reply's writer, the heartbeat, the end of the write before) asks for a turn, and one of them
/// at a time takes them all: in each it writes what lies behind the place, unless a write is on its way. There is no queue,
/// no lock and no thread. A reader that falls behind gets what has piled up as one larger event.
public final class EventStream<E> implements Runnable, Callback {
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final FaultLog FAULTS = new FaultLog(LOG::error);
    /// Whoever brings news has other readers to tell, and goes on after so many turns; a thread of their own takes the rest.
    private static final int FAIR_TURNS = 16;

    /// Why it ended.
    enum Ending {
        TOLD("it was told everything", false), GONE("it has gone", true), STALLED("it takes nothing", true),
        VANISHED("it gives no sign of life", true), REPLACED("its user has opened too many", false),
        SHUT_OUT("what let it in has ended", false), ANSWERED("the poll has its answer", false),
        STOPPING("the server stops", false), NO_STORE("the database does not answer", false), FAULT("the server made a mistake", false);

        private final String words;
        /// Whether the reader has left.
        private final boolean gone;

        Ending(String words, boolean gone) {
            this.words = words;
            this.gone = gone;
        }
    }

    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicBoolean released = new AtomicBoolean();
    private final Source<E> source;
    private final Wire<E> wire;
    private final Runnable release;
    private volatile boolean over;
    private volatile Optional<Ending> ending = Optional.empty();
    private volatile boolean failed;
    private volatile boolean writing;
    private volatile boolean heartbeatDue = true;
    // By System.nanoTime.
    private volatile long wrote = System.nanoTime();
    private volatile long told = wrote;
    private long looked = wrote;

    /// @param release is run once, when nothing goes over the wire any more
    EventStream(Source<E> source, Wire<E> wire, Runnable release) {
        this.source = source;
        this.wire = wire;
        this.release = release;
    }

    void begin() {
        wire.begin(this);
        source.listen(this);
        run();
    }

    /// Asks for a turn, since there may be something to do.
    @Override
    public void run() {
        if (turns.getAndIncrement() == 0) { // else somebody is at it, and will see what is new
            takeTurns();
        }
    }

    private void takeTurns() {
        int taken = 1;
        for (int left = FAIR_TURNS; left > 0 && taken > 0; left--) {
            turn();
            taken = turns.addAndGet(-taken);
        }
        if (taken > 0) {
            Thread.startVirtualThread(this::takeTurns);
        }
    }

    private void turn() {
        if (over || writing) {
            return;
        }
        try {
            step();
        } catch (StoreException refused) {
            LOG.debug("The database does not tell; readers come back.", refused);
            finish(Ending.NO_STORE);
        } catch (RuntimeException | Error unexpected) { // not the business of who brought the news, who has other readers
            drop(unexpected);
        }
    }

    private void drop(Throwable unexpected) {
        over = true;
        FAULTS.guard(() -> FAULTS.tell("A reader was dropped: " + Ending.FAULT.words + ".", unexpected));
        FAULTS.guard(() -> source.leave(this, false));
        FAULTS.guard(wire::cut);
    }

    private void step() {
        if (failed) {
            leave(ending.orElse(Ending.GONE));
            wire.cut();
            return;
        }
        var event = ending.isPresent() ? null : source.next();
        if (event != null) {
            writing();
            told = wrote;
            wire.event(event, this);
        } else if (ending.isPresent() || source.done()) {
            leave(ending.orElse(Ending.TOLD));
            wire.end();
        } else if (heartbeatDue) {
            writing();
            wire.heartbeat(this);
        } else {
            wire.idle();
        }
    }

    private void writing() {
        wrote = System.nanoTime();
        heartbeatDue = false;
        writing = true;
    }

    private void leave(Ending why) {
        over = true;
        wrote = System.nanoTime();
        source.leave(this, why.gone);
        LOG.debug("A reader of {} by {} ends: {}.", source, wire.transport(), why.words);
    }

    /// The write is on its way.
    @Override
    public void succeeded() {
        writing = false;
        run();
    }

    /// The reader has gone.
    @Override
    public void failed(Throwable cause) {
        failed = true;
        succeeded();
    }

    /// Nothing goes over the wire any more, to whatever end it came. Called by the wire, perhaps more than once.
    public void gone() {
        failed(new EOFException());
        if (released.compareAndSet(false, true)) {
            release.run();
        }
    }

    /// Ends the answer soon, without `stop`, so that the reader comes back with its cursor.
    void finish(Ending why) {
        if (ending.isEmpty()) {
            ending = Optional.of(why);
        }
        run();
    }

    /// Ends at once: in good order where the reader takes what it gets, else by a cut.
    void abandon(Ending why) {
        boolean late = over;
        finish(why);
        if (writing || late) {
            wire.cut();
        }
    }

    /// Ends at once, though the end of the answer may be on its way.
    void cut(Ending why) {
        finish(why);
        wire.cut();
    }

    /// Sees to it that an idle wire carries a heartbeat in time, and that one which takes nothing is cut. Called often.
    void tick(long now, long heartbeatNanos) {
        try {
            if ((writing || over) && now - wrote > 2 * heartbeatNanos) { // also where the end is what the reader does not take
                cut(Ending.STALLED);
            } else if (!over) {
                probe(now, heartbeatNanos);
            }
        } catch (RuntimeException | Error unexpected) {
            drop(unexpected);
        }
    }

    private void probe(long now, long heartbeatNanos) {
        boolean due = now - wrote >= heartbeatNanos;
        if (now - looked >= heartbeatNanos / 2) {
            looked = now;
            if (wire.vanished()) {
                cut(Ending.VANISHED);
                return;
            }
            due |= wire.saysNoMore();
        }
        if (!writing && due) {
            heartbeatDue = true;
            run();
        }
    }

    /// When it was last told something, by `System.nanoTime`.
    long told() {
        return told;
    }

    String transport() {
        return wire.transport();
    }
}
