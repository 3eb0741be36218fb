package runnel.upstream.openai;

import java.io.IOException;
import java.time.Duration;

/// Carries requests to one model server, and what it answers back. It follows no redirect and repeats nothing.
interface Transport extends AutoCloseable {
    /// How long a list of models may take.
    Duration LISTING = Duration.ofSeconds(5);

    /// How long a connection without TLS is kept for the next question: small servers (uvicorn, Node) hang up after five seconds.
    Duration IDLE = Duration.ofSeconds(4);

    /// Prepares a question without sending it yet.
    Exchange chat(ChatRequest question);

    /// The server's answer to `GET /models`, which may take [#LISTING].
    ///
    /// @throws IOException where it did not come; [Oversized] where it is longer
    Fetched models() throws IOException;

    /// Breaks off whatever is under way.
    @Override
    void close();

    /// @param retryAfter the header of that name, or empty
    record Fetched(int status, String retryAfter, String body) {
        boolean isSuccessful() {
            return status / 100 == 2;
        }
    }

    /// More than eight megabytes came without an event in them, or as one document.
    final class Oversized extends IOException {
        static final long MAX = 8 << 20;
    }
}
