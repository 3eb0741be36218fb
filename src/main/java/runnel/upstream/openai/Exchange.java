package runnel.upstream.openai;

import java.io.IOException;
import java.util.Optional;

/// One question and what the server says to it.
interface Exchange {
    /// Sends the question, gives what comes to `answer`, and returns when no more is wanted or comes.
    ///
    /// @return why there is no answer, where the server says so
    /// @throws IOException where nothing was said at all
    Optional<ErrorResponse> run(Answer answer) throws IOException;

    /// Closes the connection, now or before it is opened. Can be called at any time and from any thread.
    void cancel();
}
