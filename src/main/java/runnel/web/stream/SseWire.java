package runnel.web.stream;

import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import java.io.EOFException;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.util.Callback;
import runnel.chat.Cursor;
import runnel.chat.ReplyEvent;
import runnel.web.http.Json;
import runnel.web.stream.EventStream.Ending;
import runnel.web.stream.StreamEvent.OfFeed;
import runnel.web.stream.StreamEvent.OfReply;

/// `text/event-stream` (WHATWG HTML, 9.2). The data is always one line of JSON, so that no text can break a frame.
///
/// Javalin's [SseClient] opens and closes it. What it would write event by event, blocking, is encoded once here for all readers
/// of one place, and goes out without waiting for any of them.
final class SseWire implements Wire<StreamEvent> {
    private static final int MIN_RETRY_MILLIS = 500;
    private static final int MAX_RETRY_MILLIS = 2_500;
    private static final String HEARTBEAT = ":\n\n";
    /// What a frame of text has besides the text, at most.
    private static final int AROUND = 112;

    private final SharedFrames shared;
    private final SseClient client;
    private final JettyAnswer answer;
    private boolean begun;

    SseWire(SharedFrames shared, Context ctx) {
        this.shared = shared;
        this.client = new SseClient(ctx);
        client.keepAlive();
        this.answer = new JettyAnswer(ctx, client::close);
    }

    @Override
    public void begin(EventStream<StreamEvent> stream) {
        client.onClose(() -> stream.finish(Ending.GONE));
        answer.begin(stream::gone);
    }

    @Override
    public String transport() {
        return "sse";
    }

    @Override
    public void event(StreamEvent event, Callback done) {
        write(switch (event) {
            case OfReply(ReplyEvent.More more) -> shared.frame(more, SseWire::text);
            case OfReply(ReplyEvent.Start _), OfReply(ReplyEvent.Stop _), OfFeed _ -> whole(event);
        }, done);
    }

    @Override
    public void heartbeat(Callback done) {
        write(new Frame(AROUND).ascii(retry()).ascii(HEARTBEAT), done);
    }

    private void write(Frame frame, Callback done) {
        if (client.terminated()) {
            done.failed(new EOFException());
        } else {
            answer.write(frame.bytes(), done);
        }
    }

    private static Frame text(ReplyEvent.More more) {
        return id(new Frame(AROUND + more.text().length()), more.cursor()).ascii("\nevent: ")
                .ascii(EventJson.name(more.kind()).orElseThrow()).ascii("\ndata: {\"content\":").quoted(more.text()).ascii("}\n\n");
    }

    private Frame whole(StreamEvent event) {
        var data = Json.bytes(EventJson.data(event));
        return new Frame(2 * AROUND + data.length).ascii(retry()).ascii("id: ").ascii(EventJson.id(event))
                .ascii("\nevent: ").ascii(EventJson.name(event)).ascii("\ndata: ").bytes(data).ascii("\n\n");
    }

    /// Before the first frame: when a reader that was cut off comes back, and not all at the same moment after a restart.
    private String retry() {
        if (begun) {
            return "";
        }
        begun = true;
        return "retry: " + ThreadLocalRandom.current().nextInt(MIN_RETRY_MILLIS, MAX_RETRY_MILLIS) + "\n";
    }

    /// Writes what [Cursor#toString] would, without making the string.
    private static Frame id(Frame frame, Cursor cursor) {
        return frame.ascii("id: ").base36(cursor.epoch()).ascii(".").number(cursor.place()).ascii(".").number(cursor.stops());
    }

    @Override
    public void end() {
        answer.end();
    }

    @Override
    public void cut() {
        answer.cut();
    }
}
