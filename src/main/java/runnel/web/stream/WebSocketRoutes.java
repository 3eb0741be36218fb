package runnel.web.stream;

import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import java.util.Optional;
import runnel.account.Credential;
import runnel.chat.Place;
import runnel.chat.Refused;
import runnel.reply.Replies;
import runnel.reply.ReplyText;
import runnel.web.http.Handshake;

/// `WebSocket /api/ws/{reply}`: streams a reply from the reader's cursor, one text frame for each event.
public final class WebSocketRoutes {
    static final int TRY_AGAIN_LATER = 1013;

    private final Handshake handshake;
    private final Replies replies;
    private final Streams streams;

    public WebSocketRoutes(Handshake handshake, Replies replies, Streams streams) {
        this.handshake = handshake;
        this.replies = replies;
        this.streams = streams;
    }

    public void beforeUpgrade(Context ctx) {
        handshake.pass(ctx, credential -> {
            text(credential, ctx.pathParam("reply"));
            streams.admit(credential, ctx.pathParam("reply")).release();
        });
    }

    private ReplyText text(Credential credential, String reply) {
        return replies.find(credential.user().id(), reply).orElseThrow(Refused::notFound);
    }

    public void configure(WsConfig socket) {
        socket.onConnect(this::connect);
        socket.onClose(ctx -> Optional.ofNullable(ctx.<ReplyStream>attribute(ReplyStream.NAME)).ifPresent(ReplyStream::finish));
        socket.onError(ctx -> Optional.ofNullable(ctx.<ReplyStream>attribute(ReplyStream.NAME)).ifPresent(ReplyStream::finish));
    }

    private void connect(WsConnectContext ctx) {
        var credential = Handshake.pass(ctx);
        try {
            var text = text(credential, ctx.pathParam("reply"));
            var wire = new SocketWire(ctx.session);
            var place = Place.at(text.reply(), text.now(), Optional.ofNullable(ctx.queryParam("after")));
            if (place.behindStop(text.now())) {
                wire.end();
            } else {
                ctx.attribute(ReplyStream.NAME, streams.admit(credential, text.reply().id()).stream(text, place, wire));
            }
        } catch (Refused refused) {
            ctx.closeSession(TRY_AGAIN_LATER, refused.problem().title());
        }
    }
}
