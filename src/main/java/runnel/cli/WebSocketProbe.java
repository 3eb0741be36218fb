package runnel.cli;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts the messages of a WebSocket until it closes.
final class WebSocketProbe implements WebSocket.Listener {
    private static final int PATIENCE_SECONDS = 8;

    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final AtomicInteger messages = new AtomicInteger();
    private final HttpClient client;
    private String why = "";

    WebSocketProbe(HttpClient client) {
        this.client = client;
    }

    int count(URI address) {
        try {
            client.newWebSocketBuilder().buildAsync(address, this).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
            closed.completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof WebSocketHandshakeException refused) {
                why = ": the handshake is answered with " + refused.getResponse().statusCode();
            }
        }
        return messages.get();
    }

    /// Why there was none, as the end of a sentence.
    String why() {
        return why;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        if (last) {
            messages.incrementAndGet();
        }
        socket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        closed.complete(null);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
        closed.complete(null);
    }
}
