package runnel.web.stream;

import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsContext;
import java.time.Duration;
import java.util.Optional;
import runnel.chat.Refused;
import runnel.store.Database;
import runnel.web.http.Handshake;

/// `WebSocket /api/events/ws`: streams the user's notifications from the reader's cursor, one text frame for each.
public final class NotificationSockets {
    private static final String READING = "reading";

    private final Handshake handshake;
    private final Database database;
    private final Streams streams;
    private final Duration heartbeat;

    public NotificationSockets(Handshake handshake, Database database, Streams streams, Duration heartbeat) {
        this.handshake = handshake;
        this.database = database;
        this.streams = streams;
        this.heartbeat = heartbeat;
    }

    public void beforeUpgrade(Context ctx) {
        handshake.pass(ctx, pass -> streams.admit(pass).release());
    }

    public void configure(WsConfig socket) {
        socket.onConnect(this::connect);
        socket.onClose(NotificationSockets::wake);
        socket.onError(NotificationSockets::wake);
    }

    /// Its thread then finds that the socket is closed.
    private static void wake(WsContext ctx) {
        Optional.ofNullable(ctx.<NotificationReader>attribute(READING)).ifPresent(NotificationReader::wake);
    }

    private void connect(WsConnectContext ctx) {
        var pass = Handshake.pass(ctx);
        try {
            var permit = streams.admit(pass);
            var reading = new NotificationReader(database, pass, Optional.ofNullable(ctx.queryParam("after")));
            ctx.attribute(READING, reading);
            Thread.startVirtualThread(() -> new NotificationStream(reading, new NotificationSocketWire(ctx.session), permit, heartbeat).run());
        } catch (Refused refused) {
            ctx.closeSession(WebSocketRoutes.TRY_AGAIN_LATER, refused.problem().title());
        }
    }
}
