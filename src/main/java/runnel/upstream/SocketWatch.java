package runnel.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import javax.net.SocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the sockets that lead to a model server, and has one thread that waits for all of them.
///
/// A virtual thread that reads from one of the JDK's sockets calls the kernel three times for each piece of text: to read in
/// vain, to say that it waits, and to read; and another thread is woken to wake it. Here the kernel is told once for each
/// connection that somebody waits, and the thread that hears of a piece reads it on behalf of who waits.
final class SocketWatch extends SocketFactory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SocketWatch.class);

    private Selector selector;

    @Override
    public synchronized Socket createSocket() throws IOException {
        if (selector == null) {
            selector = Selector.open();
            Thread.ofPlatform().daemon().name("upstream-reads").start(() -> run(selector));
        }
        return new Socket(new WatchedSocket(SocketChannel.open(), selector)) {};
    }

    private static void run(Selector selector) {
        while (selector.isOpen()) {
            try {
                selector.select(key -> ((WatchedSocket) key.attachment()).ready(key));
            } catch (ClosedSelectorException closed) {
                return;
            } catch (IOException | RuntimeException e) {
                LOG.error("Looking for what model servers say has failed; going on.", e);
            }
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (selector != null) {
                selector.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // These are for those who want a socket that is connected; OkHttp connects for itself.

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException();
    }
}
