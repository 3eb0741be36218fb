package runnel.web.stream;

import java.nio.ByteBuffer;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.eclipse.jetty.websocket.common.WebSocketSession;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import runnel.web.http.Json;

/// One JSON text frame for each event (RFC 6455). Its heartbeats are pings, which must be answered by a pong (5.5.2), also
/// through proxies; so a reader of whom nothing comes over several of them has vanished.
final class SocketWire implements Wire<StreamEvent> {
    /// In a row, two to a heartbeat.
    private static final int MAX_UNANSWERED = 4;

    private final Session session;
    private long heard;
    private int unanswered;

    SocketWire(Session session) {
        this.session = session;
    }

    /// The route tells the stream when the socket is closed.
    @Override
    public void begin(EventStream<StreamEvent> stream) {}

    @Override
    public String transport() {
        return "socket";
    }

    @Override
    public void event(StreamEvent event, Callback done) {
        session.sendText(Json.write(EventJson.whole(event)), org.eclipse.jetty.websocket.api.Callback.from(done::succeeded, done::failed));
    }

    @Override
    public boolean vanished() {
        long bytes = bytesIn();
        unanswered = bytes == heard ? unanswered + 1 : 0;
        heard = bytes;
        session.sendPing(ByteBuffer.allocate(0), org.eclipse.jetty.websocket.api.Callback.NOOP);
        return unanswered >= MAX_UNANSWERED;
    }

    /// Pongs count too, of which Jetty tells its own listeners only, and Javalin nobody.
    private long bytesIn() {
        return ((WebSocketCoreSession) ((WebSocketSession) session).getCoreSession()).getConnection().getBytesIn();
    }

    @Override
    public void end() {
        session.close(StatusCode.NORMAL, null, org.eclipse.jetty.websocket.api.Callback.NOOP);
    }

    @Override
    public void cut() {
        session.disconnect();
    }
}
