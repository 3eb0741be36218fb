package runnel.upstream;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// One direction of a [WatchedSocket], in which one thread at a time moves bytes. When none can be moved just now it waits,
/// and the thread that watches moves them for it.
///
/// The kernel stays told that somebody waits. Only where something came while nobody did, as when a model is faster than its
/// reader, it is told otherwise, and told again by the next one who waits.
final class Direction {
    private final AtomicReference<Wait> waiting = new AtomicReference<>();
    private final WatchedSocket socket;
    private final int operation;
    private final Mover mover;
    private volatile boolean watched;

    /// Moves bytes between a channel that does not block and a buffer.
    interface Mover {
        /// @return how many, 0 where none can be moved now, -1 where none will come any more
        int move(ByteBuffer bytes) throws IOException;
    }

    private static final class Wait {
        private final Thread thread = Thread.currentThread();
        private final ByteBuffer bytes;
        private int moved;
        private IOException failure;
        private volatile boolean over;

        Wait(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        void end(int moved, IOException failure) {
            this.moved = moved;
            this.failure = failure;
            over = true;
            LockSupport.unpark(thread);
        }
    }

    /// @param operation what a selector calls this direction
    Direction(WatchedSocket socket, int operation, Mover mover) {
        this.socket = socket;
        this.operation = operation;
        this.mover = mover;
    }

    /// Moves some bytes as soon as that is possible.
    ///
    /// @param millis how long to wait for it at most, 0 for without end
    /// @return how many, -1 at the end of all bytes
    /// @throws SocketTimeoutException where the time is over
    int await(ByteBuffer bytes, int millis) throws IOException {
        var wait = new Wait(bytes);
        waiting.set(wait);
        if (!watched) {
            watch();
        }
        if (!socket.isOpen()) {
            close();
        }
        park(wait, TimeUnit.MILLISECONDS.toNanos(millis));
        if (wait.failure != null) {
            throw wait.failure;
        }
        return wait.moved;
    }

    private void park(Wait wait, long nanos) throws IOException {
        long began = System.nanoTime();
        while (!wait.over) {
            if (nanos == 0) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, nanos - (System.nanoTime() - began));
            }
            if (Thread.currentThread().isInterrupted()) {
                socket.close();
            } else if (nanos != 0 && System.nanoTime() - began >= nanos && waiting.compareAndSet(wait, null)) {
                throw new SocketTimeoutException("Timed out");
            }
        }
    }

    /// Moves bytes for whoever waits. Called by the thread that watches, when some can be moved.
    void ready() {
        var wait = waiting.getAndSet(null);
        if (wait == null) {
            unwatch();
            return;
        }
        try {
            int moved = mover.move(wait.bytes);
            if (moved == 0) {
                waiting.set(wait);
            } else {
                wait.end(moved, null);
            }
        } catch (IOException e) {
            wait.end(-1, e);
        }
    }

    private void watch() {
        watched = true;
        socket.watch(operation);
    }

    /// Whoever begins to wait meanwhile either sees that the kernel must be told, or is seen here.
    private void unwatch() {
        socket.unwatch(operation);
        watched = false;
        if (waiting.get() != null) {
            watch();
        }
    }

    /// Lets whoever waits go, as the socket is closed.
    void close() {
        var wait = waiting.getAndSet(null);
        if (wait != null) {
            wait.end(-1, new SocketException("Socket closed"));
        }
    }
}
