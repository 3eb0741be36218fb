package runnel.web.stream;

import org.eclipse.jetty.util.Callback;

/// The way to one reader, and how events look on it. All transports are encoders of the same read.
///
/// It carries one write at a time, without waiting for it: `done` is called once the write is on its way or the reader is
/// gone, perhaps before the call returns.
public interface Wire<E> {
    /// Called once, before anything else: the wire calls [EventStream#gone] when nothing goes over it any more.
    void begin(EventStream<E> stream);

    /// A word for it among the server's figures: `sse`, `text`, `poll` or `socket`.
    String transport();

    void event(E event, Callback done);

    /// Sends what keeps an idle connection alive, and shows one that was closed, where it has room for that. The first may come
    /// before any event.
    default void heartbeat(Callback done) {
        done.succeeded();
    }

    /// There is nothing behind the reader's place now.
    default void idle() {}

    /// Whether nobody is at its other end any more. It is asked twice in a heartbeat, and may use that to ask the reader for a
    /// sign of life.
    default boolean vanished() {
        return false;
    }

    /// Whether its reader has closed its side, so that only a write tells whether it is still there. Asked as often.
    default boolean saysNoMore() {
        return false;
    }

    /// Ends the answer in good order.
    void end();

    /// Breaks the connection.
    void cut();
}
