package runnel.web.stream;

import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import runnel.chat.ReplyEvent;
import runnel.web.http.Connection;
import runnel.web.http.Json;

/// One JSON text frame for each event (RFC 6455).
final class SocketWire implements Wire {
    private final Session session;
    private final SocketConnection connection;

    SocketWire(Session session) {
        this.session = session;
        this.connection = new SocketConnection(session);
    }

    @Override
    public String transport() {
        return "socket";
    }

    @Override
    public void event(ReplyEvent event, Callback done) {
        session.sendText(Json.write(EventJson.whole(event)), told(done));
    }

    /// Its heartbeats are the pings of [SocketConnection#vanished].
    @Override
    public void heartbeat(Callback done) {
        done.succeeded();
    }

    private static org.eclipse.jetty.websocket.api.Callback told(Callback done) {
        return org.eclipse.jetty.websocket.api.Callback.from(done::succeeded, done::failed);
    }

    @Override
    public void end() {
        session.close(StatusCode.NORMAL, null, org.eclipse.jetty.websocket.api.Callback.NOOP);
    }

    @Override
    public Connection connection() {
        return connection;
    }
}
