package runnel.web.stream;

import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import runnel.account.Credential;
import runnel.chat.Refused;
import runnel.reply.Replies;
import runnel.store.Database;
import runnel.store.chat.Shares;
import runnel.web.http.Authentication;
import runnel.web.http.Handshake;
import runnel.web.http.HttpConnection;
import runnel.web.http.ReplyFormat;

/// What lies behind the reader's cursor: of a reply, where the address names one, or else of the user's notifications.
///
/// These are no `app.sse` routes, since such a one has answered 200 before anybody could say 401, 404, 204, 406 or 429.
public final class StreamRoutes {
    private static final int MAX_WAIT_SECONDS = 60;
    private static final int WAIT_SECONDS = 25;
    private static final int TRY_AGAIN_LATER = 1013;
    private static final String STREAM = "stream";

    private final SharedFrames shared = new SharedFrames();
    private final Authentication authentication;
    private final Handshake handshake;
    private final Replies replies;
    private final Database database;
    private final Streams streams;

    public StreamRoutes(Authentication authentication, Handshake handshake, Replies replies, Database database, Streams streams) {
        this.authentication = authentication;
        this.handshake = handshake;
        this.replies = replies;
        this.database = database;
        this.streams = streams;
    }

    /// GET /api/sse/{reply} and /api/events
    public void events(Context ctx) {
        var credential = authentication.credential(ctx);
        var source = source(credential, ctx.pathParamMap(), cursor(ctx));
        ReplyFormat.accepted(ctx, ReplyFormat.EVENTS);
        if (source.done()) {
            rest(ctx);
            return;
        }
        try (var permit = streams.admit(credential)) {
            stream(ctx, ReplyFormat.EVENTS, permit, source);
        }
    }

    /// GET /api/poll/{reply} and /api/events/poll: answers as soon as there is anything.
    public void poll(Context ctx) {
        var credential = authentication.credential(ctx);
        var source = source(credential, ctx.pathParamMap(), Optional.ofNullable(ctx.queryParam("after")));
        ReplyFormat.accepted(ctx, ReplyFormat.IDS);
        var wait = wait(ctx);
        try (var permit = streams.admit(credential)) {
            permit.open(source, () -> new PollWire(ctx, source, streams.clock(), wait));
        }
    }

    public void beforeSocket(Context ctx) {
        handshake.check(ctx, credential -> {
            var source = source(credential, ctx.pathParamMap(), Optional.empty());
            try (var permit = streams.admit(credential)) {
                permit.read(source);
            }
        });
    }

    /// WebSocket /api/ws/{reply} and /api/events/ws: one text frame for each event.
    public void socket(WsConfig socket) {
        socket.onConnect(this::connect);
        socket.onClose(StreamRoutes::gone);
        socket.onError(StreamRoutes::gone);
    }

    private void connect(WsConnectContext ctx) {
        var credential = Handshake.credential(ctx);
        try (var permit = streams.admit(credential)) {
            var source = source(credential, ctx.pathParamMap(), Optional.ofNullable(ctx.queryParam("after")));
            ctx.attribute(STREAM, permit.open(source, () -> new SocketWire(ctx.session)));
            if (!ctx.session.isOpen()) {
                gone(ctx); // it was closed before anybody could be told so
            }
        } catch (Refused refused) {
            ctx.closeSession(TRY_AGAIN_LATER, refused.problem().title());
        }
    }

    private static void gone(WsContext ctx) {
        Optional.ofNullable(ctx.<EventStream<?>>attribute(STREAM)).ifPresent(EventStream::gone);
    }

    /// Takes a permit for a request whose answer will be a stream.
    public Streams.Permit admit(Context ctx) {
        return streams.admit(authentication.credential(ctx));
    }

    /// Answers a prompt with its reply. Clients that repeat their POST after a cut send the cursor along, as a browser's
    /// EventSource does.
    public void answer(Context ctx, ReplyFormat format, Streams.Permit permit, String reply) {
        var source = source(permit.credential, reply, format == ReplyFormat.EVENTS ? cursor(ctx) : Optional.empty());
        if (source.done()) {
            rest(ctx);
        } else {
            stream(ctx, format, permit, source);
        }
    }

    private Source<StreamEvent> source(Credential credential, Map<String, String> path, Optional<String> cursor) {
        var reply = path.get("reply");
        return reply == null ? new FeedSource(database, credential.user().id(), cursor) : source(credential, reply, cursor);
    }

    /// @throws Refused where there is no such reply, or it is somebody else's; by a link, any but the last reply that it shows
    private ReplySource source(Credential credential, String id, Optional<String> cursor) {
        var text = credential.kind() != Credential.Kind.SHARE ? replies.find(credential.user().id(), id)
                : new Shares(database).find(credential.id()).filter(share -> share.shown().message().equals(id))
                        .flatMap(share -> replies.find(share.owner(), id));
        return new ReplySource(text.orElseThrow(Refused::notFound), cursor);
    }

    /// The header wins: a browser's own reconnection knows better than the address that it began with.
    private static Optional<String> cursor(Context ctx) {
        return Optional.ofNullable(ctx.header("Last-Event-ID")).filter(id -> !id.isEmpty())
                .or(() -> Optional.ofNullable(ctx.queryParam("after")));
    }

    /// How long the reader is ready to wait.
    private static Duration wait(Context ctx) {
        var wait = Optional.ofNullable(ctx.queryParam("wait")).orElse(Integer.toString(WAIT_SECONDS));
        if (!wait.matches("\\d{1,9}") || Integer.parseInt(wait) > MAX_WAIT_SECONDS) {
            throw Refused.malformed("wait must be a whole number of seconds from 0 to 60.");
        }
        return Duration.ofSeconds(Integer.parseInt(wait));
    }

    /// Makes a browser's EventSource rest.
    private static void rest(Context ctx) {
        ctx.status(204).header("Cache-Control", "no-store");
    }

    private void stream(Context ctx, ReplyFormat format, Streams.Permit permit, Source<StreamEvent> source) {
        permit.open(source, () -> {
            ctx.contentType(format == ReplyFormat.TEXT ? "text/plain;charset=utf-8" : "text/event-stream;charset=utf-8");
            HttpConnection.unbuffered(ctx);
            return format == ReplyFormat.TEXT ? new TextWire(ctx) : new SseWire(shared, ctx);
        });
    }
}
