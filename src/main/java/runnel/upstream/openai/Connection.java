package runnel.upstream.openai;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/// A connection to a model server by HTTP/1.1 (RFC 9112), which carries one request after the other. What comes is read on the
/// thread of the [EventLoop]; so everything that a [Receiver] hears it hears there, in order.
final class Connection {
    private static final int CONNECT_MILLIS = 10_000;
    private static final Duration SENDING = Duration.ofSeconds(30);
    /// A buffer of the kernel's size is kept by each thread that ever wrote so much at once.
    private static final int AT_ONCE = 16 << 10;

    private final SocketChannel channel;
    private final EventLoop loop;
    private final Watchdog watchdog;
    private final ResponseReader responses = new ResponseReader(this);
    private SelectionKey key;

    /// Who waits for an answer, or null. Set under the lock, and looked at several times for each piece.
    private volatile Receiver receiver;

    // Guarded by this.
    private boolean closed;
    private ByteBuffer unsent;
    private Watchdog.Timeout sending = () -> {};

    /// What a request is answered with. Either [#ended] or [#failed] is called, once and last.
    interface Receiver {
        void head(int status, String contentType, String encoding, String retryAfter);

        /// @throws IOException where this is too much
        void body(byte[] bytes, int from, int to) throws IOException;

        /// All that there is just now has been given.
        void caughtUp();

        /// @param connection what can carry another request now, or null
        void ended(Connection connection);

        void failed(IOException failure);
    }

    Connection(SocketChannel channel, EventLoop loop, Watchdog watchdog) {
        this.channel = channel;
        this.loop = loop;
        this.watchdog = watchdog;
    }

    /// Waits until it is connected. [#close] ends that.
    void connect(SocketAddress address) throws IOException {
        channel.socket().connect(address, CONNECT_MILLIS);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
    }

    /// Sends a request.
    ///
    /// @return whether that was possible: an idle connection may have been closed meanwhile
    synchronized boolean send(ByteBuffer request, Receiver receiver) {
        if (closed) {
            return false;
        }
        this.receiver = receiver;
        unsent = request;
        boolean allSent = write();
        if (!allSent) {
            sending = watchdog.after(SENDING, this::close);
        }
        if (key == null || !allSent) {
            loop.execute(() -> watch(allSent ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE));
        }
        return true;
    }

    /// @return whether nothing is left to be sent
    private boolean write() {
        try {
            int end = unsent.limit();
            while (unsent.position() < end) {
                unsent.limit(Math.min(end, unsent.position() + AT_ONCE));
                if (channel.write(unsent) == 0) {
                    unsent.limit(end);
                    return false;
                }
            }
        } catch (IOException e) {
            // The server may have refused without having read everything: what there is to read will tell.
        }
        unsent = null;
        return true;
    }

    // --- On the thread of the loop -----------------------------------------------------------------------------------

    private void watch(int operations) {
        try {
            if (key == null) {
                key = channel.register(loop.selector(), operations, this);
            } else {
                key.interestOps(operations);
            }
        } catch (ClosedChannelException | CancelledKeyException | ClosedSelectorException e) {
            fail(e);
        }
    }

    void ready(SelectionKey key, ByteBuffer buffer) {
        try {
            if (key.isValid() && key.isWritable()) {
                goOnWriting();
            }
            if (key.isValid() && key.isReadable()) {
                read(buffer);
            }
        } catch (IOException | RuntimeException | Error e) { // the loop has others to read for
            fail(e);
        }
    }

    private synchronized void goOnWriting() {
        if (unsent == null || write()) {
            sending.close();
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    private void read(ByteBuffer buffer) throws IOException {
        int read;
        do {
            buffer.clear();
            read = channel.read(buffer);
            buffer.flip();
            if (receiver() == null && read > 0) {
                throw new ProtocolException("an answer to nothing");
            }
            responses.read(buffer, read < 0);
        } while (read == buffer.capacity());
        var waiting = receiver();
        if (read < 0) {
            fail(new EOFException("the server closed the connection"));
        } else if (waiting != null) {
            waiting.caughtUp();
        }
    }

    Receiver receiver() {
        return receiver;
    }

    private synchronized Receiver released() {
        var released = receiver;
        receiver = null;
        return released;
    }

    /// Closes the connection, since it is of no more use.
    void fail(Throwable failure) {
        closeChannel();
        var waiting = released();
        if (waiting != null) {
            waiting.failed(failure instanceof IOException e ? e : new IOException(failure));
        }
    }

    /// The answer to a request has come whole.
    ///
    /// @param reusable whether another request may follow on this connection
    void ended(boolean reusable) {
        var waiting = released();
        if (waiting != null) {
            waiting.ended(reusable ? this : null);
        }
        if (!reusable) {
            closeChannel();
        }
    }

    synchronized boolean isSent() {
        return unsent == null;
    }

    // --- The end -----------------------------------------------------------------------------------------------------

    /// Closes the connection, whoever uses it. Can be called at any time and from any thread.
    void close() {
        closeChannel();
        loop.execute(() -> fail(new SocketException("Socket closed"))); // and the selector lets the channel go
    }

    private void closeChannel() {
        synchronized (this) {
            closed = true;
            sending.close();
        }
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone, which was the point.
        }
    }
}
