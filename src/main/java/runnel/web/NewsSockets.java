package runnel.web;

import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsContext;
import java.time.Duration;
import java.util.Optional;
import runnel.chat.Refused;
import runnel.store.Database;

/// `WebSocket /api/events/ws`: streams the user's notifications from the reader's cursor, one text frame for each.
final class NewsSockets {
    private static final String READING = "reading";

    private final Handshake handshake;
    private final Database database;
    private final Streams streams;
    private final Duration heartbeat;

    NewsSockets(Handshake handshake, Database database, Streams streams, Duration heartbeat) {
        this.handshake = handshake;
        this.database = database;
        this.streams = streams;
        this.heartbeat = heartbeat;
    }

    void beforeUpgrade(Context ctx) {
        handshake.pass(ctx, pass -> streams.admit(pass).giveBack());
    }

    void configure(WsConfig socket) {
        socket.onConnect(this::connect);
        socket.onClose(NewsSockets::wake);
        socket.onError(NewsSockets::wake);
    }

    /// Its thread then finds that the socket is closed.
    private static void wake(WsContext ctx) {
        Optional.ofNullable(ctx.<NewsReading>attribute(READING)).ifPresent(NewsReading::wake);
    }

    private void connect(WsConnectContext ctx) {
        var pass = Handshake.pass(ctx);
        try {
            var seat = streams.admit(pass);
            var reading = new NewsReading(database, pass, Optional.ofNullable(ctx.queryParam("after")));
            ctx.attribute(READING, reading);
            Thread.startVirtualThread(() -> new NewsLine(reading, new NewsSocketWire(ctx.session), seat, heartbeat).run());
        } catch (Refused refused) {
            ctx.closeSession(Sockets.TRY_AGAIN_LATER, refused.problem().title());
        }
    }
}
