package runnel.web.stream;

import org.eclipse.jetty.util.Callback;
import runnel.chat.ReplyEvent;
import runnel.web.http.Connection;

/// The way to one reader, and how a reply's events look on it. All transports are encoders of the same read.
///
/// It carries one write at a time, without waiting for it: `done` is called once the write is on its way or the reader is
/// gone, perhaps before the call returns.
interface Wire {
    /// What it goes out on.
    Connection connection();

    /// A word for it among the server's figures.
    String transport();

    void event(ReplyEvent event, Callback done);

    /// Sends what keeps an idle connection alive, and shows one that was closed.
    void heartbeat(Callback done);

    /// Ends the answer in good order.
    void end();
}
