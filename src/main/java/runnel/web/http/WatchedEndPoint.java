package runnel.web.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/// A connection that knows since when its client has taken nothing of an answer, and that can be asked whether its client has
/// closed it, which Jetty only finds when it reads or writes. A byte of a pipelined request (RFC 9112, 9.3.2) that is read by this is
/// kept for Jetty.
final class WatchedEndPoint extends SocketChannelEndPoint {
    private final ByteBuffer ahead = BufferUtil.allocate(1);
    private final UnreadAnswers unread;
    private volatile Optional<String> client = Optional.empty();
    /// When something was last taken, by `System.nanoTime`.
    private volatile long taken;

    WatchedEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler, UnreadAnswers unread) {
        super(channel, selector, key, scheduler);
        this.unread = unread;
    }

    void client(Optional<String> counted) {
        client = counted;
    }

    Optional<String> client() {
        return client;
    }

    long taken() {
        return taken;
    }

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        long before = BufferUtil.remaining(buffers);
        boolean whole = super.flush(buffers);
        if (whole) {
            unread.waiting.remove(this);
        } else if (BufferUtil.remaining(buffers) < before || !unread.waiting.contains(this)) {
            taken = System.nanoTime();
            unread.waiting.add(this);
        }
        return whole;
    }

    /// Ends the write that waits as if the client had gone, which Javalin does not take for a fault of the server.
    void cutOff() {
        getWriteFlusher().onFail(new EofException("the client takes nothing"));
        close();
    }

    void cutOffIfWaiting() {
        if (unread.waiting.contains(this)) {
            cutOff();
        }
    }

    @Override
    public void onClose(Throwable cause) {
        unread.waiting.remove(this);
        super.onClose(cause);
    }

    /// For the thread that answers, while nothing else reads.
    synchronized boolean saysNoMore() {
        try {
            return !ahead.hasRemaining() && super.fill(ahead) < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public synchronized int fill(ByteBuffer buffer) throws IOException {
        if (!ahead.hasRemaining()) {
            return super.fill(buffer);
        }
        int filled = BufferUtil.append(buffer, ahead);
        return filled + Math.max(0, super.fill(buffer));
    }

    /// What is here already makes no selector wake.
    @Override
    protected void needsFillInterest() {
        if (ahead.hasRemaining()) {
            Thread.startVirtualThread(getFillInterest()::fillable);
        } else {
            super.needsFillInterest();
        }
    }
}
