package runnel.web.stream;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import runnel.store.Database;
import runnel.store.Notifications.Entry;
import runnel.store.Notifications.Place;
import runnel.web.http.Authentication;
import runnel.web.http.HttpConnection;
import runnel.web.http.Json;
import runnel.web.http.ReplyFormat;

/// `GET /api/events` and `GET /api/events/poll`: the user's notifications from the reader's cursor, as a stream and as an
/// answer. [NotificationSockets] has them over a WebSocket.
///
/// The stream is not an `app.sse` route, since that has answered 200 before anybody could say 401, 406 or 429.
public final class NotificationRoutes {
    private final Authentication authentication;
    private final Database database;
    private final Streams streams;
    private final Duration heartbeat;

    public NotificationRoutes(Authentication authentication, Database database, Streams streams, Duration heartbeat) {
        this.authentication = authentication;
        this.database = database;
        this.streams = streams;
        this.heartbeat = heartbeat;
    }

    /// Holds the request's thread for as long as the stream is open.
    public void stream(Context ctx) {
        streams.awaitAnswer(ctx);
        var pass = authentication.pass(ctx);
        ReplyFormat.accepted(ctx, ReplyFormat.EVENTS);
        var permit = streams.admit(pass);
        new NotificationStream(new NotificationReader(database, pass, SseRoutes.cursor(ctx)), new NotificationSseWire(ctx), permit, heartbeat).run();
    }

    public void poll(Context ctx) throws InterruptedException {
        streams.awaitAnswer(ctx);
        var pass = authentication.pass(ctx);
        ReplyFormat.accepted(ctx, ReplyFormat.IDS);
        var wait = Duration.ofSeconds(PollRoutes.wait(ctx));
        var permit = streams.admit(pass);
        try (var reading = new NotificationReader(database, pass, Optional.ofNullable(ctx.queryParam("after")));
                var _ = permit.park(reading::wake, new HttpConnection(ctx))) {
            answer(ctx, reading.next(wait, permit), reading.place());
        } finally {
            permit.release();
        }
    }

    private static void answer(Context ctx, List<Entry> entries, Optional<Place> place) {
        var answer = Json.object();
        answer.putArray("events").addAll(entries.stream().map(NotificationJson::whole).toList());
        Json.answer(ctx, answer.put("cursor", place.map(Place::toString).orElse(null)));
    }
}
