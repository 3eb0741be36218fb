package runnel.upstream.openai;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/// Asks by HTTP/1.1 without TLS, with a thread for every two cores that reads all answers where they come in. A model server
/// in the house is asked so; what a token costs this way, and what by OkHttp, is in docs/performance.md.
final class LoopTransport implements Transport {
    private static final int MAX_IDLE = 16;

    private final Endpoint endpoint;
    private final Watchdog watchdog;
    private final Set<Carriage> running = ConcurrentHashMap.newKeySet();
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final EventLoop[] loops = new EventLoop[Math.max(1, Runtime.getRuntime().availableProcessors() / 2)];
    private int opened;
    private boolean closed;

    LoopTransport(Endpoint endpoint, Watchdog watchdog) {
        this.endpoint = endpoint;
        this.watchdog = watchdog;
    }

    Watchdog watchdog() {
        return watchdog;
    }

    Set<Carriage> running() {
        return running;
    }

    @Override
    public Exchange chat(ChatRequest question) {
        return new LoopExchange(this, question);
    }

    /// The bytes of a question.
    ByteBuffer request(ChatRequest question) {
        String head = head("POST", "chat/completions", "text/event-stream")
                + "Content-Type: application/json\r\nContent-Length: " + question.length() + "\r\n\r\n";
        var bytes = new ByteArrayOutputStream(head.length() + question.length());
        bytes.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(question.taken());
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    @Override
    public Fetched models() throws IOException {
        var carriage = new Carriage(this);
        var fetch = new LoopFetch(this, carriage);
        String head = head("GET", "models", "application/json") + "\r\n";
        try (var _ = watchdog.after(LISTING, carriage::cancel)) {
            carriage.run(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)), fetch);
        }
        return fetch.fetched();
    }

    private String head(String method, String path, String accept) {
        HttpUrl url = endpoint.at(path);
        var head = new StringBuilder(method).append(' ').append(url.encodedPath());
        if (url.encodedQuery() != null) {
            head.append('?').append(url.encodedQuery());
        }
        head.append(" HTTP/1.1\r\nHost: ").append(host(url)).append("\r\nAccept: ").append(accept).append("\r\n");
        endpoint.headers().forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.toString();
    }

    private static String host(HttpUrl url) {
        String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
        return url.port() == 80 ? host : host + ":" + url.port();
    }

    // --- Connections -------------------------------------------------------------------------------------------------

    /// A connection that waits for work, or null.
    synchronized Connection takeIdle() {
        return idle.pollLast();
    }

    /// @param connection what may carry another request, or null
    void release(Connection connection) {
        if (connection == null) {
            return;
        }
        synchronized (this) {
            if (!closed && idle.size() < MAX_IDLE) {
                idle.addLast(connection);
                watchdog.after(IDLE, () -> forget(connection));
                return;
            }
        }
        connection.close();
    }

    private void forget(Connection connection) {
        synchronized (this) {
            if (!idle.remove(connection)) {
                return;
            }
        }
        connection.close();
    }

    Connection prepare() throws IOException {
        return new Connection(SocketChannel.open(), nextLoop(), watchdog);
    }

    private synchronized EventLoop nextLoop() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        int next = opened++ % loops.length;
        if (loops[next] == null) {
            loops[next] = new EventLoop();
        }
        return loops[next];
    }

    InetSocketAddress[] addresses() throws IOException {
        HttpUrl url = endpoint.at("");
        InetAddress[] all = InetAddress.getAllByName(url.host());
        var addresses = new InetSocketAddress[all.length];
        for (int i = 0; i < all.length; i++) {
            addresses[i] = new InetSocketAddress(all[i], url.port());
        }
        return addresses;
    }

    @Override
    public void close() {
        running.forEach(Carriage::cancel);
        synchronized (this) {
            closed = true;
            idle.forEach(Connection::close);
            idle.clear();
            Stream.of(loops).filter(Objects::nonNull).forEach(EventLoop::close);
        }
    }
}
