package runnel.web.stream;

import runnel.store.Notifications.Entry;
import runnel.web.http.Connection;

/// The way of notifications to one reader. Everything on it is written by one thread, which waits until it is written.
interface NotificationWire {
    /// What it goes out on.
    Connection connection();

    /// Shows the reader at once that the line is open, also where there is nothing to tell.
    void open();

    void tell(Entry entry);

    /// Sends what keeps an idle connection alive, and shows one that was closed.
    void heartbeat();

    /// Whether the reader is known to have gone.
    boolean gone();

    /// Ends it in good order.
    void end();
}
