package runnel.upstream.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// One request as the scripted upstream received it.
public final class Asked {
    private final String line;
    private final Map<String, String> headers;
    private final JsonNode body;
    private final byte[] bytes;
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private volatile long hungUpNanos;

    Asked(String line, Map<String, String> headers, JsonNode body, byte[] bytes) {
        this.bytes = bytes;
        this.line = line;
        this.headers = headers;
        this.body = body;
    }

    /// The request line's target, such as `/v1/chat/completions`.
    public String path() {
        return line.split(" ")[1];
    }

    /// A header's value by its lower-case name, or `""`.
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /// The body as it came.
    public byte[] bytes() {
        return bytes;
    }

    public Map<String, String> headers() {
        return headers;
    }

    public JsonNode body() {
        return body;
    }

    public String model() {
        return body.path("model").asText();
    }

    public String lastContent() {
        JsonNode messages = body.path("messages");
        return messages.path(messages.size() - 1).path("content").asText();
    }

    void clientHungUp() {
        hungUpNanos = System.nanoTime();
        cancelled.countDown();
    }

    public boolean isHungUp() {
        return cancelled.getCount() == 0;
    }

    /// Waits until the client has closed the connection, and says when that was ([System#nanoTime]).
    public long awaitHangUp() throws InterruptedException {
        return awaitHangUp(10);
    }

    long awaitHangUp(int seconds) throws InterruptedException {
        if (!cancelled.await(seconds, TimeUnit.SECONDS)) {
            throw new AssertionError("The client did not hang up within " + seconds + " s");
        }
        return hungUpNanos;
    }
}
