package runnel.web;

import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import java.util.Optional;
import runnel.account.Pass;
import runnel.chat.Place;
import runnel.chat.Refused;
import runnel.reply.Replies;
import runnel.reply.ReplyText;

/// `GET /api/sse/{reply}`: streams a reply from the reader's cursor.
final class Reading {
    private final SharedFrames shared = new SharedFrames();
    private final Visitors visitors;
    private final Replies replies;
    private final Streams streams;
    private final boolean plain;

    /// @param plain whether to write events by Javalin's own client
    Reading(Visitors visitors, Replies replies, Streams streams, boolean plain) {
        this.visitors = visitors;
        this.replies = replies;
        this.streams = streams;
        this.plain = plain;
    }

    void sse(Context ctx) {
        var owner = visitors.of(ctx).id();
        var text = replies.find(owner, ctx.pathParam("reply")).orElseThrow(Refused::notFound);
        Kind.accepted(ctx, Kind.EVENTS);
        var place = Place.at(text.reply(), text.now(), cursor(ctx));
        if (place.behindStop(text.now())) {
            ctx.status(204).header("Cache-Control", "no-store");
            return;
        }
        stream(ctx, Kind.EVENTS, streams.admit(visitors.pass(ctx), text.reply().id()), text, place);
    }

    /// The header wins: a browser's own reconnection knows better than the address that it began with.
    static Optional<String> cursor(Context ctx) {
        return Optional.ofNullable(ctx.header("Last-Event-ID")).filter(id -> !id.isEmpty())
                .or(() -> Optional.ofNullable(ctx.queryParam("after")));
    }

    /// Takes a reader's place in advance where the answer will be a stream.
    Optional<Streams.Seat> admit(Kind kind, Pass pass) {
        return kind == Kind.IDS ? Optional.empty() : Optional.of(streams.admit(pass));
    }

    /// Answers with a reply from its beginning.
    void whole(Context ctx, Kind kind, Streams.Seat seat, String owner, String reply) {
        seat.read(reply);
        var text = replies.find(owner, reply).orElseThrow(Refused::notFound);
        stream(ctx, kind, seat, text, Place.at(text.reply(), text.now(), Optional.empty()));
    }

    private void stream(Context ctx, Kind kind, Streams.Seat seat, ReplyText text, Place place) {
        begin(ctx, kind == Kind.TEXT ? "text/plain; charset=utf-8" : "text/event-stream");
        seat.stream(text, place, wire(ctx, kind));
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

    private Wire wire(Context ctx, Kind kind) {
        return kind == Kind.TEXT ? new TextWire(new JettyAnswer(ctx))
                : plain ? new SseClientWire(client(ctx))
                : new SseWire(shared, new JettyAnswer(ctx));
    }
}
