package runnel.web.stream;

import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsContext;
import java.util.Optional;
import java.util.function.BiConsumer;
import runnel.account.Credential;
import runnel.chat.Refused;
import runnel.web.http.Handshake;

/// `WebSocket /api/ws/{reply}` and `WebSocket /api/events/ws`: streams a reply or the user's notifications from the reader's
/// cursor, one text frame for each event.
public record WebSocketRoutes(Handshake handshake, Sources sources, Streams streams) {
    private static final int TRY_AGAIN_LATER = 1013;
    private static final String STREAM = "stream";

    public void beforeReply(Context ctx) {
        handshake.check(ctx, credential -> {
            var source = sources.reply(credential, ctx.pathParam("reply"), Optional.empty());
            try (var permit = streams.admit(credential)) {
                permit.read(source.reply().id());
            }
        });
    }

    public void reply(WsConfig socket) {
        configure(socket, (ctx, credential) -> {
            var source = sources.reply(credential, ctx.pathParam("reply"), cursor(ctx));
            try (var permit = streams.admit(credential)) {
                permit.read(source.reply().id());
                open(ctx, permit, source);
            }
        });
    }

    public void beforeNotifications(Context ctx) {
        handshake.check(ctx, credential -> streams.admit(credential).close());
    }

    public void notifications(WsConfig socket) {
        configure(socket, (ctx, credential) -> {
            try (var permit = streams.admit(credential)) {
                open(ctx, permit, sources.notifications(credential, cursor(ctx)));
            }
        });
    }

    private static Optional<String> cursor(WsContext ctx) {
        return Optional.ofNullable(ctx.queryParam("after"));
    }

    private static void configure(WsConfig socket, BiConsumer<WsConnectContext, Credential> connect) {
        socket.onConnect(ctx -> {
            try {
                connect.accept(ctx, Handshake.credential(ctx));
            } catch (Refused refused) {
                ctx.closeSession(TRY_AGAIN_LATER, refused.problem().title());
            }
        });
        socket.onClose(WebSocketRoutes::gone);
        socket.onError(WebSocketRoutes::gone);
    }

    private static void open(WsConnectContext ctx, Streams.Permit permit, Source source) {
        ctx.attribute(STREAM, permit.open(source, new SocketWire(ctx.session)));
        if (!ctx.session.isOpen()) {
            gone(ctx); // it was closed before anybody could be told so
        }
    }

    private static void gone(WsContext ctx) {
        Optional.ofNullable(ctx.<EventStream>attribute(STREAM)).ifPresent(EventStream::gone);
    }
}
