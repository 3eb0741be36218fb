package runnel.web;

import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import runnel.account.Pass;
import runnel.chat.Place;
import runnel.chat.Refused;
import runnel.reply.Replies;

/// `WebSocket /api/ws/{reply}`: streams a reply from the reader's cursor, one text frame for each event.
final class Sockets {
    private static final String PASS = "pass";
    private static final int TRY_AGAIN_LATER = 1013;

    private final Walls walls;
    private final Gate gate;
    private final Visitors visitors;
    private final Replies replies;
    private final Streams streams;

    Sockets(Walls walls, Gate gate, Visitors visitors, Replies replies, Streams streams) {
        this.walls = walls;
        this.gate = gate;
        this.visitors = visitors;
        this.replies = replies;
        this.streams = streams;
    }

    /// Refuses with an ordinary answer as long as there is no socket yet.
    void beforeUpgrade(Context ctx) {
        try {
            walls.pass(ctx);
            gate.pass(ctx);
            var pass = visitors.pass(ctx);
            replies.find(pass.user().id(), ctx.pathParam("reply")).orElseThrow(Refused::notFound);
            streams.admit(pass, ctx.pathParam("reply")).giveBack();
            ctx.attribute(PASS, pass);
        } catch (Refused refused) {
            answer(ctx, refused);
            throw refused; // keeps Javalin from upgrading; it would not write the answer by itself
        }
    }

    static void answer(Context ctx, Refused refused) {
        Problems.answer(ctx, refused);
        try (var body = ctx.resultInputStream()) {
            body.transferTo(ctx.res().getOutputStream());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    void configure(WsConfig socket) {
        socket.onConnect(this::connect);
        socket.onClose(ctx -> Optional.ofNullable(ctx.<ReplyStream>attribute(ReplyStream.NAME)).ifPresent(ReplyStream::finish));
        socket.onError(ctx -> Optional.ofNullable(ctx.<ReplyStream>attribute(ReplyStream.NAME)).ifPresent(ReplyStream::finish));
    }

    private void connect(WsConnectContext ctx) {
        Pass pass = ctx.attribute(PASS);
        try {
            var text = replies.find(pass.user().id(), ctx.pathParam("reply")).orElseThrow(Refused::notFound);
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
