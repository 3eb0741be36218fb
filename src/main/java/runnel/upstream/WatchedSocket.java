package runnel.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// A socket over a channel that does not block; who must wait for it waits in a [Direction].
final class WatchedSocket extends SocketImpl {
    private static final int WRITE_MILLIS = 30_000;

    private final Selector selector;
    private final SocketChannel channel;
    private final Direction reading;
    private final Direction writing;
    private SelectionKey key;
    private volatile int timeoutMillis;
    /// Whether the last read may have left something: then the next one need not wait.
    private boolean mayBeMore;

    WatchedSocket(SocketChannel channel, Selector selector) {
        this.channel = channel;
        this.selector = selector;
        this.reading = new Direction(this, SelectionKey.OP_READ, channel::read);
        this.writing = new Direction(this, SelectionKey.OP_WRITE, channel::write);
    }

    @Override
    protected void connect(SocketAddress remote, int timeoutMillis) throws IOException {
        if (!(remote instanceof InetSocketAddress to) || to.isUnresolved()) {
            throw new UnknownHostException(remote.toString());
        }
        try {
            channel.socket().connect(to, timeoutMillis);
            channel.configureBlocking(false);
        } catch (IOException e) {
            close();
            throw e;
        }
        address = to.getAddress();
        port = to.getPort();
        localport = channel.socket().getLocalPort();
    }

    // --- Watching ----------------------------------------------------------------------------------------------------

    /// Something can be read or written. Called by the thread that watches.
    void ready(SelectionKey key) {
        try {
            int operations = key.readyOps();
            if ((operations & SelectionKey.OP_READ) != 0) {
                reading.ready();
            }
            if ((operations & SelectionKey.OP_WRITE) != 0) {
                writing.ready();
            }
        } catch (CancelledKeyException closed) {
            letGo();
        }
    }

    synchronized void watch(int operation) {
        try {
            if (key == null) {
                key = channel.register(selector, operation, this);
            } else {
                key.interestOpsOr(operation);
            }
            selector.wakeup();
        } catch (ClosedChannelException | CancelledKeyException | ClosedSelectorException closed) {
            letGo();
        }
    }

    synchronized void unwatch(int operation) {
        key.interestOpsAnd(~operation);
    }

    boolean isOpen() {
        return channel.isOpen() && selector.isOpen();
    }

    private void letGo() {
        reading.close();
        writing.close();
    }

    @Override
    protected void close() throws IOException {
        channel.close();
        selector.wakeup(); // which is what closes the connection where it was watched
        letGo();
    }

    // --- Reading and writing -----------------------------------------------------------------------------------------

    @Override
    protected InputStream getInputStream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return length == 0 ? 0 : WatchedSocket.this.read(ByteBuffer.wrap(bytes, offset, length));
            }
        };
    }

    private int read(ByteBuffer into) throws IOException {
        int length = into.remaining();
        int read = mayBeMore ? channel.read(into) : 0;
        if (read == 0) {
            read = reading.await(into, timeoutMillis);
        }
        mayBeMore = read == length;
        return read;
    }

    @Override
    protected OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                var rest = ByteBuffer.wrap(bytes, offset, length);
                while (rest.hasRemaining()) {
                    if (channel.write(rest) == 0) {
                        writing.await(rest, WRITE_MILLIS);
                    }
                }
            }
        };
    }

    @Override
    protected int available() {
        return 0; // as far as one knows without asking
    }

    @Override
    protected void shutdownInput() throws IOException {
        channel.shutdownInput();
    }

    @Override
    protected void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    // --- Options -----------------------------------------------------------------------------------------------------

    @Override
    public Object getOption(int option) throws SocketException {
        try {
            return option == SO_TIMEOUT ? (Object) timeoutMillis : channel.getOption(standard(option));
        } catch (IOException e) {
            throw new SocketException(e);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // which type an option has is known to the caller
    public void setOption(int option, Object value) throws SocketException {
        try {
            if (option == SO_TIMEOUT) {
                timeoutMillis = (int) value;
            } else {
                channel.setOption((SocketOption<Object>) standard(option), value);
            }
        } catch (IOException e) {
            throw new SocketException(e);
        }
    }

    private static SocketOption<?> standard(int option) throws SocketException {
        return switch (option) {
            case TCP_NODELAY -> StandardSocketOptions.TCP_NODELAY;
            case SO_KEEPALIVE -> StandardSocketOptions.SO_KEEPALIVE;
            case SO_LINGER -> StandardSocketOptions.SO_LINGER;
            case SO_RCVBUF -> StandardSocketOptions.SO_RCVBUF;
            case SO_SNDBUF -> StandardSocketOptions.SO_SNDBUF;
            default -> throw new SocketException("no such option here: " + option);
        };
    }

    // --- What this socket is not for -----------------------------------------------------------------------------------

    @Override
    protected void create(boolean stream) {} // it is there already

    @Override
    protected void connect(String host, int port) throws IOException {
        connect(new InetSocketAddress(host, port), 0);
    }

    @Override
    protected void connect(InetAddress host, int port) throws IOException {
        connect(new InetSocketAddress(host, port), 0);
    }

    @Override
    protected void bind(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void listen(int backlog) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void accept(SocketImpl socket) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void sendUrgentData(int data) {
        throw new UnsupportedOperationException();
    }
}
