package runnel.web.stream;

import java.util.concurrent.CompletionException;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import runnel.store.Notifications.Entry;
import runnel.web.http.Connection;
import runnel.web.http.Json;

/// Notifications as text frames of a WebSocket.
final class NotificationSocketWire implements NotificationWire {
    private final Session session;
    private final SocketConnection connection;

    NotificationSocketWire(Session session) {
        this.session = session;
        this.connection = new SocketConnection(session);
    }

    /// The handshake has shown it.
    @Override
    public void open() {}

    @Override
    public void tell(Entry entry) {
        var written = new Callback.Completable();
        session.sendText(Json.write(NotificationJson.whole(entry)), written);
        try {
            written.join();
        } catch (CompletionException gone) {
            session.disconnect();
        }
    }

    /// Its heartbeats are the pings of [SocketConnection#vanished].
    @Override
    public void heartbeat() {}

    @Override
    public boolean gone() {
        return !session.isOpen();
    }

    @Override
    public void end() {
        session.close(StatusCode.NORMAL, null, Callback.NOOP);
    }

    @Override
    public Connection connection() {
        return connection;
    }
}
