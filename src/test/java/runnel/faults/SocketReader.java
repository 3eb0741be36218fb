package runnel.faults;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Reads the frames of a WebSocket one by one, as far as a test likes.
public final class SocketReader implements WebSocket.Listener, AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String END = "";

    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final StringBuilder frame = new StringBuilder();
    private volatile int closeStatus;
    private WebSocket socket;

    private SocketReader() {}

    /// @param address an http address
    public static SocketReader open(URI address) {
        var reader = new SocketReader();
        reader.socket = HTTP.newWebSocketBuilder().buildAsync(URI.create(address.toString().replaceFirst("^http", "ws")), reader).join();
        return reader;
    }

    /// The next frame; nothing where the socket was closed.
    public Optional<String> next() {
        try {
            var next = frames.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("No frame came for 20 s");
            }
            if (next.equals(END)) {
                frames.add(END);
                return Optional.empty();
            }
            return Optional.of(next);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    public int closeStatus() {
        return closeStatus;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        frame.append(text);
        if (last) {
            frames.add(frame.toString());
            frame.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closeStatus = status;
        frames.add(END);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        frames.add(END);
    }

    /// Goes away without a word.
    @Override
    public void close() {
        socket.abort();
    }
}
