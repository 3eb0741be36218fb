package runnel.web.stream;

import java.nio.ByteBuffer;
import java.util.Set;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.common.WebSocketSession;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import runnel.web.http.Connection;
import runnel.web.http.Ends;

/// What a WebSocket goes out on. A ping must be answered by a pong (RFC 6455, 5.5.2), also through proxies, so a reader of
/// whom nothing comes over several pings has vanished.
final class SocketConnection implements Connection {
    /// In a row, two to a heartbeat.
    private static final int MAX_UNANSWERED = 4;

    private final Session session;
    private long heard;
    private int unanswered;

    SocketConnection(Session session) {
        this.session = session;
    }

    @Override
    public boolean vanished(Set<Ends> unheard) {
        long bytes = bytesIn();
        unanswered = bytes == heard ? unanswered + 1 : 0;
        heard = bytes;
        session.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
        return unanswered >= MAX_UNANSWERED;
    }

    /// Pongs count too, of which Jetty tells its own listeners only, and Javalin nobody.
    private long bytesIn() {
        return ((WebSocketCoreSession) ((WebSocketSession) session).getCoreSession()).getConnection().getBytesIn();
    }

    @Override
    public void cut() {
        session.disconnect();
    }
}
