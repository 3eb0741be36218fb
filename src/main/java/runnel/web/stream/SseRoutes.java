package runnel.web.stream;

import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import java.util.Optional;
import runnel.account.Credential;
import runnel.chat.Place;
import runnel.chat.Refused;
import runnel.reply.Replies;
import runnel.reply.ReplyText;
import runnel.web.http.Authentication;
import runnel.web.http.ReplyFormat;

/// `GET /api/sse/{reply}`: streams a reply from the reader's cursor.
public final class SseRoutes {
    private final SharedFrames shared = new SharedFrames();
    private final Authentication authentication;
    private final Replies replies;
    private final Streams streams;
    private final boolean plain;

    /// @param plain whether to write events by Javalin's own client
    public SseRoutes(Authentication authentication, Replies replies, Streams streams, boolean plain) {
        this.authentication = authentication;
        this.replies = replies;
        this.streams = streams;
        this.plain = plain;
    }

    public void sse(Context ctx) {
        var owner = authentication.of(ctx).id();
        var text = replies.find(owner, ctx.pathParam("reply")).orElseThrow(Refused::notFound);
        ReplyFormat.accepted(ctx, ReplyFormat.EVENTS);
        var place = Place.at(text.reply(), text.now(), cursor(ctx));
        if (place.behindStop(text.now())) {
            ctx.status(204).header("Cache-Control", "no-store");
            return;
        }
        stream(ctx, ReplyFormat.EVENTS, streams.admit(authentication.pass(ctx), text.reply().id()), text, place);
    }

    /// The header wins: a browser's own reconnection knows better than the address that it began with.
    static Optional<String> cursor(Context ctx) {
        return Optional.ofNullable(ctx.header("Last-Event-ID")).filter(id -> !id.isEmpty())
                .or(() -> Optional.ofNullable(ctx.queryParam("after")));
    }

    /// Takes a reader's place in advance where the answer will be a stream.
    public Optional<Streams.StreamPermit> admit(ReplyFormat replyFormat, Credential credential) {
        return replyFormat == ReplyFormat.IDS ? Optional.empty() : Optional.of(streams.admit(credential));
    }

    /// Answers with a reply from its beginning.
    public void whole(Context ctx, ReplyFormat replyFormat, Streams.StreamPermit permit, String owner, String reply) {
        permit.read(reply);
        var text = replies.find(owner, reply).orElseThrow(Refused::notFound);
        stream(ctx, replyFormat, permit, text, Place.at(text.reply(), text.now(), Optional.empty()));
    }

    private void stream(Context ctx, ReplyFormat replyFormat, Streams.StreamPermit permit, ReplyText text, Place place) {
        begin(ctx, replyFormat == ReplyFormat.TEXT ? "text/plain; charset=utf-8" : "text/event-stream");
        permit.stream(text, place, wire(ctx, replyFormat));
    }

    /// The headers of an answer that nobody on the way may hold back, store or change.
    static void begin(Context ctx, String type) {
        ctx.contentType(type).header("Cache-Control", "no-store, no-transform").header("X-Accel-Buffering", "no");
    }

    /// Javalin's own client, which encodes text as the servlet is told to, and that is not UTF-8 by itself.
    static SseClient client(Context ctx) {
        ctx.res().setCharacterEncoding("UTF-8");
        return new SseClient(ctx);
    }

    private Wire wire(Context ctx, ReplyFormat replyFormat) {
        return replyFormat == ReplyFormat.TEXT ? new TextWire(new JettyAnswer(ctx))
                : plain ? new SseClientWire(client(ctx))
                : new SseWire(shared, new JettyAnswer(ctx));
    }
}
