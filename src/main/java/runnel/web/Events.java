package runnel.web;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import runnel.store.Database;
import runnel.store.Notifications.Entry;
import runnel.store.Notifications.Place;

/// `GET /api/events` and `GET /api/events/poll`: the user's notifications from the reader's cursor, as a stream and as an
/// answer. [NewsSockets] has them over a WebSocket.
///
/// The stream is not an `app.sse` route, since that has answered 200 before anybody could say 401, 406 or 429.
final class Events {
    private final Visitors visitors;
    private final Database database;
    private final Streams streams;
    private final Duration heartbeat;

    Events(Visitors visitors, Database database, Streams streams, Duration heartbeat) {
        this.visitors = visitors;
        this.database = database;
        this.streams = streams;
        this.heartbeat = heartbeat;
    }

    /// Holds the request's thread for as long as the stream is open.
    void stream(Context ctx) {
        streams.awaitAnswer(ctx);
        var pass = visitors.pass(ctx);
        Kind.accepted(ctx, Kind.EVENTS);
        var seat = streams.admit(pass);
        new NewsLine(new NewsReading(database, pass, Reading.cursor(ctx)), new NewsSseWire(ctx), seat, heartbeat).run();
    }

    void poll(Context ctx) throws InterruptedException {
        streams.awaitAnswer(ctx);
        var pass = visitors.pass(ctx);
        Kind.accepted(ctx, Kind.IDS);
        var wait = Duration.ofSeconds(Polling.wait(ctx));
        var seat = streams.admit(pass);
        try (var reading = new NewsReading(database, pass, Optional.ofNullable(ctx.queryParam("after")));
                var _ = seat.park(reading::wake, new HttpConnection(ctx))) {
            answer(ctx, reading.next(wait, seat), reading.place());
        } finally {
            seat.giveBack();
        }
    }

    private static void answer(Context ctx, List<Entry> entries, Optional<Place> place) {
        var answer = Json.object();
        answer.putArray("events").addAll(entries.stream().map(NotificationJson::whole).toList());
        Json.answer(ctx, answer.put("cursor", place.map(Place::toString).orElse(null)));
    }
}
