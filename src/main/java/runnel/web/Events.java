package runnel.web;

import io.javalin.http.Context;
import java.time.Duration;
import runnel.store.Database;
import runnel.store.Notifications;
import runnel.store.Notifications.Place;

/// `GET /api/events`: streams the user's notifications from the reader's cursor.
///
/// It is not an `app.sse` route, since that has answered 200 before anybody could say 401, 406 or 429.
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
        var pass = visitors.pass(ctx);
        var owner = pass.user().id();
        Kind.accepted(ctx, Kind.EVENTS);
        var seat = streams.admit(pass);
        try {
            Reading.begin(ctx, "text/event-stream");
            var place = Reading.cursor(ctx).flatMap(Place::parse);
            var line = new EventLine(ctx, Notifications.of(database, owner), place);
            line.run(seat, database.bell(), owner, heartbeat);
        } finally {
            seat.giveBack();
        }
    }
}
