package runnel.upstream;

import java.util.Map;
import java.util.Optional;
import runnel.chat.Problem;
import runnel.chat.Usage;

/// One [RelayRequest] on its way, and the answer as the server sends it, but for secrets. It is asked at most once.
/// Its methods are called by one thread in this order, except where they say otherwise.
public interface Relay extends AutoCloseable {
    /// @param status  the server's
    /// @param headers those of the server's that are for its client
    /// @param events  whether it is a stream of events
    record Head(int status, Map<String, String> headers, boolean events) {}

    /// Sends the request, and returns when it is sent or will not be.
    void send();

    /// Waits for the beginning of the answer.
    ///
    /// @throws UpstreamException where nothing came that a client could read
    Head head();

    /// Waits for more of the answer.
    ///
    /// @return what came, or nothing at the end
    /// @throws UpstreamException where the answer broke off
    byte[] next();

    /// The client has yet to take what came, so the server's silence is not its own. From any thread.
    ///
    /// @return whether it still runs
    boolean held();

    /// Closes the connection to the server, from any thread and at any time; the others then throw `why`.
    void cancel(Problem why);

    /// Ends it to whatever end it came, and hands out what it cost.
    @Override
    void close();

    /// Takes what a relay cost, once.
    interface Ended {
        /// @param answered whether the server answered with success
        /// @param usage    what it cost, where the server said so
        void take(boolean answered, Optional<Usage> usage);
    }
}
