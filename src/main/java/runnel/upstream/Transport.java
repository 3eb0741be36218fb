package runnel.upstream;

import java.io.IOException;

/// Carries requests to one model server, and what it answers back. It follows no redirect and repeats nothing.
interface Transport extends AutoCloseable {
    /// Prepares a question without sending it yet.
    Exchange chat(ChatRequest question);

    /// The server's answer to `GET /models`, or what of it came within five seconds and eight megabytes.
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
        static final long MOST = 8 << 20;
    }
}
