package runnel.web.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/// A connection that can be asked whether its client has closed it, which Jetty only finds when it reads or writes. A byte of a
/// pipelined request (RFC 9112, 9.3.2) that is read by this is kept for Jetty.
final class WatchedEndPoint extends SocketChannelEndPoint {
    private final ByteBuffer ahead = BufferUtil.allocate(1);

    WatchedEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    /// For the thread that answers, while nothing else reads.
    synchronized boolean hasEnded() {
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
