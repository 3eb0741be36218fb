package runnel.web.stream;

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
import runnel.web.http.Authentication;
import runnel.web.http.Connection;
import runnel.web.http.HttpConnection;
import runnel.web.http.Json;
import runnel.web.http.ReplyFormat;

/// `GET /api/poll/{reply}`: what lies behind the reader's cursor, as soon as there is anything.
public final class PollRoutes {
    private static final int MAX_BYTES = 64 << 10;
    private static final int MAX_EVENTS = 64;
    private static final int MAX_WAIT_SECONDS = 60;
    private static final int WAIT_SECONDS = 25;

    private final Authentication authentication;
    private final Replies replies;
    private final Streams streams;

    public PollRoutes(Authentication authentication, Replies replies, Streams streams) {
        this.authentication = authentication;
        this.replies = replies;
        this.streams = streams;
    }

    public void poll(Context ctx) {
        streams.awaitAnswer(ctx);
        var owner = authentication.of(ctx).id();
        var text = replies.find(owner, ctx.pathParam("reply")).orElseThrow(Refused::notFound);
        ReplyFormat.accepted(ctx, ReplyFormat.IDS);
        var place = Place.at(text.reply(), text.now(), Optional.ofNullable(ctx.queryParam("after")));
        int wait = wait(ctx);
        var permit = streams.admit(authentication.pass(ctx), text.reply().id());
        try {
            answer(ctx, place, place.behindStop(text.now()) ? List.of() : events(text, place, permit, new HttpConnection(ctx), wait));
        } finally {
            permit.release();
        }
    }

    /// How many seconds the reader is ready to wait.
    static int wait(Context ctx) {
        var wait = Optional.ofNullable(ctx.queryParam("wait")).orElse(Integer.toString(WAIT_SECONDS));
        if (!wait.matches("\\d{1,9}") || Integer.parseInt(wait) > MAX_WAIT_SECONDS) {
            throw new Refused(new Problem("malformed", 400, "Malformed", "wait must be a whole number of seconds from 0 to 60."));
        }
        return Integer.parseInt(wait);
    }

    /// All events there are, or the first that come; none when the time is over or the server stops.
    private static List<ReplyEvent> events(ReplyText text, Place place, Streams.StreamPermit permit, Connection reader, int waitSeconds) {
        var news = new Semaphore(0);
        Runnable wake = news::release;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(waitSeconds);
        text.listen(wake);
        try (var _ = permit.park(wake, reader)) {
            var events = taken(text, place);
            while (events.isEmpty() && !permit.closed() && news.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
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
        while (events.size() < MAX_EVENTS && (event = place.next(text.now(), MAX_BYTES)) != null) {
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
