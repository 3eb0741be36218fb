package runnel.web.stream;

import io.javalin.http.Context;
import java.util.Optional;
import runnel.web.http.Authentication;
import runnel.web.http.HttpConnection;
import runnel.web.http.ReplyFormat;

/// `GET /api/sse/{reply}` and `GET /api/events`: streams a reply or the user's notifications from the reader's cursor.
///
/// These are no `app.sse` routes, since such a one has answered 200 before anybody could say 401, 404, 204, 406 or 429.
public final class SseRoutes {
    private final SharedFrames shared = new SharedFrames();
    private final Authentication authentication;
    private final Sources sources;
    private final Streams streams;

    public SseRoutes(Authentication authentication, Sources sources, Streams streams) {
        this.authentication = authentication;
        this.sources = sources;
        this.streams = streams;
    }

    public void reply(Context ctx) {
        var credential = authentication.credential(ctx);
        var source = sources.reply(credential, ctx.pathParam("reply"), cursor(ctx));
        ReplyFormat.accepted(ctx, ReplyFormat.EVENTS);
        if (source.done()) {
            rest(ctx);
            return;
        }
        try (var permit = streams.admit(credential)) {
            permit.read(source.reply().id());
            stream(ctx, ReplyFormat.EVENTS, permit, source);
        }
    }

    public void notifications(Context ctx) {
        var credential = authentication.credential(ctx);
        ReplyFormat.accepted(ctx, ReplyFormat.EVENTS);
        try (var permit = streams.admit(credential)) {
            stream(ctx, ReplyFormat.EVENTS, permit, sources.notifications(credential, cursor(ctx)));
        }
    }

    /// Takes a permit for a request whose answer will be a stream.
    public Streams.Permit admit(Context ctx) {
        return streams.admit(authentication.credential(ctx));
    }

    /// Answers a prompt with its reply. Clients that repeat their POST after a cut send the cursor along, as a browser's
    /// EventSource does.
    public void answer(Context ctx, ReplyFormat format, Streams.Permit permit, String reply) {
        permit.read(reply);
        var source = sources.reply(permit.credential, reply, format == ReplyFormat.EVENTS ? cursor(ctx) : Optional.empty());
        if (source.done()) {
            rest(ctx);
        } else {
            stream(ctx, format, permit, source);
        }
    }

    /// The header wins: a browser's own reconnection knows better than the address that it began with.
    private static Optional<String> cursor(Context ctx) {
        return Optional.ofNullable(ctx.header("Last-Event-ID")).filter(id -> !id.isEmpty())
                .or(() -> Optional.ofNullable(ctx.queryParam("after")));
    }

    /// Makes a browser's EventSource rest.
    private static void rest(Context ctx) {
        ctx.status(204).header("Cache-Control", "no-store");
    }

    private void stream(Context ctx, ReplyFormat format, Streams.Permit permit, Source source) {
        ctx.contentType(format == ReplyFormat.TEXT ? "text/plain;charset=utf-8" : "text/event-stream;charset=utf-8");
        HttpConnection.unbuffered(ctx);
        permit.open(source, format == ReplyFormat.TEXT ? new TextWire(ctx) : new SseWire(shared, ctx));
    }
}
