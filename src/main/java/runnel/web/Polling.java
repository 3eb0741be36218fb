package runnel.web;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import runnel.chat.Place;
import runnel.chat.Problem;
import runnel.chat.Refused;
import runnel.chat.ReplyEvent;
import runnel.reply.Replies;
import runnel.reply.ReplyText;

/// `GET /api/poll/{reply}`: what lies behind the reader's cursor, as soon as there is anything.
final class Polling {
    private static final int MOST_BYTES = 64 << 10;
    private static final int MOST_EVENTS = 64;
    private static final int MOST_WAIT_SECONDS = 60;
    private static final int WAIT_SECONDS = 25;

    private final Visitors visitors;
    private final Replies replies;
    private final Streams streams;

    Polling(Visitors visitors, Replies replies, Streams streams) {
        this.visitors = visitors;
        this.replies = replies;
        this.streams = streams;
    }

    void poll(Context ctx) {
        streams.awaitAnswer(ctx);
        var owner = visitors.of(ctx).id();
        var text = replies.find(owner, ctx.pathParam("reply")).orElseThrow(Refused::notFound);
        Kind.accepted(ctx, Kind.IDS);
        var place = Place.at(text.reply(), text.now(), Optional.ofNullable(ctx.queryParam("after")));
        int wait = wait(ctx);
        var seat = streams.admit(visitors.pass(ctx), text.reply().id());
        try {
            answer(ctx, place, place.behindStop(text.now()) ? List.of() : events(text, place, seat, new HttpConnection(ctx), wait));
        } finally {
            seat.giveBack();
        }
    }

    /// How many seconds the reader is ready to wait.
    static int wait(Context ctx) {
        var wait = Optional.ofNullable(ctx.queryParam("wait")).orElse(Integer.toString(WAIT_SECONDS));
        if (!wait.matches("\\d{1,9}") || Integer.parseInt(wait) > MOST_WAIT_SECONDS) {
            throw new Refused(new Problem("malformed", 400, "Malformed", "wait must be a whole number of seconds from 0 to 60."));
        }
        return Integer.parseInt(wait);
    }

    /// All events there are, or the first that come; none when the time is over or the server stops.
    private static List<ReplyEvent> events(ReplyText text, Place place, Streams.Seat seat, Connection reader, int waitSeconds) {
        var news = new Semaphore(0);
        Runnable wake = news::release;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(waitSeconds);
        text.listen(wake);
        try (var _ = seat.park(wake, reader)) {
            var events = taken(text, place);
            while (events.isEmpty() && !seat.closed() && news.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                news.drainPermits();
                events = taken(text, place);
            }
            return events;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            text.leave(wake);
        }
    }

    private static List<ReplyEvent> taken(ReplyText text, Place place) {
        var events = new ArrayList<ReplyEvent>();
        ReplyEvent event;
        while (events.size() < MOST_EVENTS && (event = place.next(text.now(), MOST_BYTES)) != null) {
            if (!(event instanceof ReplyEvent.Start start && start.resumed())) {
                events.add(event);
            }
        }
        return events;
    }

    private static void answer(Context ctx, Place place, List<ReplyEvent> events) {
        var answer = Json.object();
        answer.putArray("events").addAll(events.stream().map(EventJson::whole).toList());
        Json.answer(ctx, answer.put("cursor", place.cursor().toString()));
    }
}
