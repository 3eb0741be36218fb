package runnel.upstream.openai;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;

/// One request on its way over a [Connection], for which a thread waits.
final class Carriage {
    private final LoopTransport transport;
    private final CountDownLatch over = new CountDownLatch(1);
    private Connection connection;
    private boolean cancelled;

    Carriage(LoopTransport transport) {
        this.transport = transport;
    }

    /// Sends `request`, and returns when its receiver has called [#over].
    ///
    /// @throws IOException where it could not be sent
    void run(ByteBuffer request, Connection.Receiver receiver) throws IOException {
        transport.running().add(this);
        try {
            send(request, receiver);
            over.await();
        } catch (InterruptedException e) {
            cancel();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } finally {
            transport.running().remove(this);
        }
    }

    /// The connection is no longer this one's: whoever hangs up later hangs up on nobody.
    synchronized void detach() {
        connection = null;
    }

    /// Nothing more is to be waited for.
    void over() {
        over.countDown();
    }

    private void send(ByteBuffer request, Connection.Receiver receiver) throws IOException {
        for (Connection idle = transport.takeIdle(); idle != null; idle = transport.takeIdle()) {
            use(idle);
            if (idle.send(request, receiver)) {
                return;
            }
        }
        if (!connected().send(request, receiver)) {
            throw new SocketException("Socket closed");
        }
    }

    /// To the first of the server's addresses that lets us.
    private Connection connected() throws IOException {
        IOException failure = new ConnectException();
        for (InetSocketAddress address : transport.addresses()) {
            Connection next = transport.prepare();
            use(next);
            try {
                next.connect(address);
                return next;
            } catch (IOException e) {
                next.close();
                failure = e;
            }
        }
        throw failure;
    }

    private synchronized void use(Connection next) throws IOException {
        if (cancelled) {
            next.close();
            throw new SocketException("Socket closed");
        }
        connection = next;
    }

    synchronized void cancel() {
        cancelled = true;
        if (connection != null) {
            connection.close();
        }
    }
}
