package runnel.web.stream;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import runnel.account.Credential;
import runnel.chat.Refused;

/// One of the streams that the server, a user and a reply may have open at once. It was taken, not counted, and is given back
/// once: by [#close] where no stream was opened with it, else when nothing goes over that stream any more.
public final class StreamPermit implements AutoCloseable {
    private final AtomicBoolean released = new AtomicBoolean();
    private final Streams streams;
    private final Credential credential;
    private final Runnable release;
    private Optional<String> reply = Optional.empty();
    private boolean used;

    StreamPermit(Streams streams, Credential credential, Runnable release) {
        this.streams = streams;
        this.credential = credential;
        this.release = release;
    }

    Credential credential() {
        return credential;
    }

    /// Makes this a permit to read one reply, which need not have been known when it was taken.
    ///
    /// @throws Refused where that has as many readers as it may have
    public void read(String id) {
        var readers = credential.kind() == Credential.Kind.SHARE ? "by link " + id : id; // else strangers might keep its owner out
        if (!streams.readersOfReplies().take(readers)) {
            throw new Refused("too-many-readers", 429, "Too many readers",
                    "Too many are reading this reply at once. Close some of them.");
        }
        reply = Optional.of(readers);
    }

    /// Opens a stream, which owns the permit from now on.
    public <E> EventStream<E> open(Source<E> source, Wire<E> wire) {
        used = true;
        return streams.open(this, source, wire);
    }

    boolean released() {
        return released.get();
    }

    void release() {
        if (released.compareAndSet(false, true)) {
            release.run();
            reply.ifPresent(streams.readersOfReplies()::release);
        }
    }

    @Override
    public void close() {
        if (!used) {
            release();
        }
    }
}
