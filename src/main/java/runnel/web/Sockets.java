package runnel.web;

import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import java.util.Optional;
import runnel.account.Pass;
import runnel.chat.Place;
import runnel.chat.Refused;
import runnel.reply.Replies;
import runnel.reply.ReplyText;

/// `WebSocket /api/ws/{reply}`: streams a reply from the reader's cursor, one text frame for each event.
final class Sockets {
    static final int TRY_AGAIN_LATER = 1013;

    private final Handshake handshake;
    private final Replies replies;
    private final Streams streams;

    Sockets(Handshake handshake, Replies replies, Streams streams) {
        this.handshake = handshake;
        this.replies = replies;
        this.streams = streams;
    }

    void beforeUpgrade(Context ctx) {
        handshake.pass(ctx, pass -> {
            text(pass, ctx.pathParam("reply"));
            streams.admit(pass, ctx.pathParam("reply")).giveBack();
        });
    }

    private ReplyText text(Pass pass, String reply) {
        return replies.find(pass.user().id(), reply).orElseThrow(Refused::notFound);
    }

    void configure(WsConfig socket) {
        socket.onConnect(this::connect);
        socket.onClose(ctx -> Optional.ofNullable(ctx.<ReplyStream>attribute(ReplyStream.NAME)).ifPresent(ReplyStream::finish));
        socket.onError(ctx -> Optional.ofNullable(ctx.<ReplyStream>attribute(ReplyStream.NAME)).ifPresent(ReplyStream::finish));
    }

    private void connect(WsConnectContext ctx) {
        var pass = Handshake.pass(ctx);
        try {
            var text = text(pass, ctx.pathParam("reply"));
            var wire = new SocketWire(ctx.session);
            var place = Place.at(text.reply(), text.now(), Optional.ofNullable(ctx.queryParam("after")));
            if (place.behindStop(text.now())) {
                wire.end();
            } else {
                ctx.attribute(ReplyStream.NAME, streams.admit(pass, text.reply().id()).stream(text, place, wire));
            }
        } catch (Refused refused) {
            ctx.closeSession(TRY_AGAIN_LATER, refused.problem().title());
        }
    }
}
