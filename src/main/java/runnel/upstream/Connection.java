package runnel.upstream;

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
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;

/// A connection to a model server by HTTP/1.1 (RFC 9112), which carries one request after the other. Jetty's parser reads
/// what comes, on the thread of the [EventLoop]; so everything that a [Receiver] hears it hears there, in order.
final class Connection implements HttpParser.ResponseHandler {
    private static final int CONNECT_MILLIS = 10_000;
    private static final Duration SENDING = Duration.ofSeconds(30);
    private static final int MOST_HEAD = 64 << 10;
    /// A buffer of the kernel's size is kept by each thread that ever wrote so much at once.
    private static final int AT_ONCE = 16 << 10;

    private final SocketChannel channel;
    private final EventLoop loop;
    private final Watchdog watchdog;
    private final HttpParser parser = new HttpParser(this, MOST_HEAD);
    private SelectionKey key;

    // Guarded by this.
    private Receiver receiver;
    private boolean closed;
    private ByteBuffer unsent;
    private Watchdog.Leash sending = () -> {};

    // Of the thread of the loop.
    private ByteBuffer coming;
    private int status;
    private boolean lasts;
    private String contentType;
    private String encoding;
    private String retryAfter;

    /// What a request is answered with. Either [#ended] or [#failed] is called, once and last.
    interface Receiver {
        void head(int status, String contentType, String encoding, String retryAfter);

        /// @throws IOException where this is too much
        void body(byte[] bytes, int from, int to) throws IOException;

        /// All that there is just now has been given.
        void caughtUp();

        /// @param connection what can carry another request now, or null
        void ended(Connection connection);

        void failed(Throwable failure);
    }

    Connection(SocketChannel channel, EventLoop loop, Watchdog watchdog) {
        this.channel = channel;
        this.loop = loop;
        this.watchdog = watchdog;
        parser.setHeaderCacheSize(0);
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
        coming = buffer;
        int read;
        do {
            buffer.clear();
            read = channel.read(buffer);
            buffer.flip();
            if (read < 0) {
                lasts = false;
                parser.atEOF();
            } else if (receiver() == null && read > 0) {
                throw new ProtocolException("an answer to nothing");
            }
            parse();
        } while (read == buffer.capacity());
        var waiting = receiver();
        if (read < 0) {
            fail(new EOFException("the server closed the connection"));
        } else if (waiting != null) {
            waiting.caughtUp();
        }
    }

    /// The parser stops behind each message.
    private void parse() {
        do {
            parser.parseNext(coming);
        } while (coming.hasRemaining() && receiver() != null);
    }

    private synchronized Receiver receiver() {
        return receiver;
    }

    private synchronized Receiver released() {
        var released = receiver;
        receiver = null;
        return released;
    }

    private void fail(Throwable failure) {
        closeChannel();
        var waiting = released();
        if (waiting != null) {
            waiting.failed(failure);
        }
    }

    @Override
    public void startResponse(HttpVersion version, int status, String reason) {
        this.status = status;
        lasts = version == HttpVersion.HTTP_1_1;
        contentType = "";
        encoding = "";
        retryAfter = "";
    }

    @Override
    public void parsedHeader(HttpField field) {
        String value = field.getValue() == null ? "" : field.getValue();
        switch (field.getHeader()) {
            case CONTENT_TYPE -> contentType = value;
            case CONTENT_ENCODING -> encoding = value;
            case RETRY_AFTER -> retryAfter = value;
            case CONNECTION -> lasts &= !field.contains("close");
            case null, default -> {}
        }
    }

    @Override
    public boolean headerComplete() {
        if (!isInterim()) {
            receiver().head(status, contentType, encoding, retryAfter);
        }
        return false;
    }

    /// As `103 Early Hints` (RFC 9110, section 15.2); whoever switches protocols unasked says nothing more that we know.
    private boolean isInterim() {
        return status / 100 == 1 && status != 101;
    }

    @Override
    public boolean content(ByteBuffer bytes) {
        var waiting = receiver();
        if (waiting != null) {
            try {
                int from = bytes.arrayOffset() + bytes.position();
                waiting.body(bytes.array(), from, from + bytes.remaining());
            } catch (IOException e) {
                fail(e);
            }
        }
        return false;
    }

    @Override
    public boolean contentComplete() {
        return false;
    }

    @Override
    public boolean messageComplete() {
        if (isInterim()) {
            parser.reset();
            return true;
        }
        boolean reusable = lasts && isSent() && !coming.hasRemaining(); // what is left would answer the next question
        parser.reset();
        var waiting = released();
        if (waiting != null) {
            waiting.ended(reusable ? this : null);
        }
        if (!reusable) {
            close();
        }
        return true;
    }

    private synchronized boolean isSent() {
        return unsent == null;
    }

    @Override
    public void earlyEOF() {
        fail(new EOFException("the answer ended early"));
    }

    @Override
    public void badMessage(HttpException failure) {
        fail(new ProtocolException(failure.getReason()));
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
