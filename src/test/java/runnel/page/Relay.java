package runnel.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A network between a browser and a server that does what a test tells it: cuts lines, loses them without a word,
/// answers in the server's place.
public final class Relay implements AutoCloseable {
    private static final byte[] UNAVAILABLE = ("HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/html\r\nContent-Length: 4\r\nConnection: close\r\n\r\nGone")
            .getBytes(StandardCharsets.US_ASCII);

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Semaphore refused = new Semaphore(0);
    private final Semaphore cut = new Semaphore(0);
    private final ServerSocket listener;
    private volatile int server;
    private volatile boolean away;
    private volatile boolean silent;
    private volatile long lifeMillis;

    public Relay(int server) {
        this.server = server;
        try {
            listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /// Every line from now on is cut when it is so old.
    public Relay cuttingAfter(long millis) {
        lifeMillis = millis;
        return this;
    }

    /// Cuts all lines and answers 503 from now on.
    public void goAway() {
        away = true;
        cutAll();
    }

    void awaitRefusals(int requests) throws InterruptedException {
        if (!refused.tryAcquire(requests, 30, TimeUnit.SECONDS)) {
            throw new AssertionError("Nobody asks any more");
        }
    }

    public void comeBack(int port) {
        server = port;
        away = false;
    }

    /// From now on nothing comes through, on open lines neither, and nobody is told.
    void loseSilently() {
        silent = true;
    }

    void find() {
        silent = false;
    }

    void awaitCuts(int lines) throws InterruptedException {
        if (!cut.tryAcquire(lines, 60, TimeUnit.SECONDS)) {
            throw new AssertionError("So many lines were not cut");
        }
    }

    public void cutAll() {
        open.forEach(this::cut);
    }

    private void cut(Socket socket) {
        if (open.remove(socket)) {
            cut.release();
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException alreadyGone) {
            // as wanted
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var browser = listener.accept();
                Thread.ofVirtual().start(() -> serve(browser));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket browser) {
        try (browser) {
            if (away) {
                browser.getInputStream().read(new byte[8_192]);
                browser.getOutputStream().write(UNAVAILABLE);
                refused.release();
                return;
            }
            relay(browser);
        } catch (IOException broken) {
            close(browser);
        }
    }

    private void relay(Socket browser) throws IOException {
        try (var upstream = new Socket(InetAddress.getLoopbackAddress(), server)) {
            open.add(browser);
            if (lifeMillis > 0) {
                clock.schedule(() -> cut(browser), lifeMillis, TimeUnit.MILLISECONDS);
            }
            var there = Thread.ofVirtual().start(() -> copy(browser, upstream));
            copy(upstream, browser);
            there.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(browser);
        }
    }

    private void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            var buffer = new byte[8_192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!silent) {
                    out.write(buffer, 0, read);
                }
            }
            to.shutdownOutput();
        } catch (IOException broken) {
            close(from);
            close(to);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException alreadyGone) {
            // as wanted
        }
        cutAll();
        clock.shutdownNow();
    }
}
