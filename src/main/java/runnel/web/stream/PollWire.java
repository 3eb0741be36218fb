package runnel.web.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.eclipse.jetty.util.Callback;
import runnel.chat.Clock;
import runnel.chat.ReplyEvent;
import runnel.chat.Slice;
import runnel.web.http.Json;
import runnel.web.stream.EventStream.Ending;
import runnel.web.stream.StreamEvent.OfFeed;
import runnel.web.stream.StreamEvent.OfReply;

/// One JSON answer of all events there are, or of the first that come; of none when the time is over. It has less than 128 KiB
/// of text, and is one write; a reader that does not take it is cut off.
final class PollWire implements Wire<StreamEvent> {
    private static final int MAX_BYTES = 64 << 10;
    private static final int MAX_EVENTS = 64;

    private final List<JsonNode> events = new ArrayList<>();
    private final JettyAnswer answer;
    private final Source<StreamEvent> source;
    private final Clock clock;
    private final Duration wait;
    private EventStream<StreamEvent> stream;
    private Optional<Future<?>> timer = Optional.empty();
    private int bytes;

    PollWire(Context ctx, Source<StreamEvent> source, Clock clock, Duration wait) {
        this.clock = clock;
        this.wait = wait;
        this.source = source;
        ctx.contentType("application/json");
        this.answer = JettyAnswer.waiting(ctx);
    }

    @Override
    public void begin(EventStream<StreamEvent> begun) {
        stream = begun;
        answer.begin(stream::gone);
    }

    @Override
    public String transport() {
        return "poll";
    }

    @Override
    public void event(StreamEvent event, Callback done) {
        if (!(event instanceof OfReply(ReplyEvent.Start start) && start.resumed())) {
            events.add(EventJson.whole(event));
            bytes += switch (event) {
                case OfReply(ReplyEvent.More(_, _, Slice text)) -> text.length();
                case OfReply _, OfFeed _ -> 0;
            };
        }
        if (bytes >= MAX_BYTES || events.size() >= MAX_EVENTS) {
            stream.finish(Ending.ANSWERED);
        }
        done.succeeded();
    }

    @Override
    public void idle() {
        if (!events.isEmpty() || wait.isZero()) {
            stream.finish(Ending.ANSWERED);
        } else if (timer.isEmpty()) {
            timer = Optional.of(clock.after(wait, () -> stream.finish(Ending.ANSWERED)));
        }
    }

    @Override
    public void end() {
        timer.ifPresent(waiting -> waiting.cancel(false));
        answer.end(this::body);
    }

    private byte[] body() {
        var body = Json.object();
        body.putArray("events").addAll(events);
        return Json.bytes(body.put("cursor", source.cursor().orElse(null)));
    }

    @Override
    public void cut() {
        timer.ifPresent(waiting -> waiting.cancel(false));
        answer.cut();
    }
}
