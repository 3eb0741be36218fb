package runnel.web.stream;

import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.util.Callback;
import runnel.chat.Cursor;
import runnel.chat.ReplyEvent;
import runnel.chat.Slice;
import runnel.web.http.Connection;
import runnel.web.http.Json;

/// `text/event-stream` (WHATWG HTML, 9.2). The data is always one line of JSON, so that no text can break a frame.
final class SseWire implements Wire {
    private static final int MIN_RETRY_MILLIS = 500;
    private static final int MAX_RETRY_MILLIS = 2_500;
    private static final Frame HEARTBEAT = new Frame(3).ascii(":\n\n").end();
    private static final String REASONING = "\nevent: reasoning\ndata: {\"content\":";
    private static final String MESSAGE = "\nevent: message\ndata: {\"content\":";
    /// What a frame of text has besides the text, at most.
    private static final int AROUND = 112;

    private final SharedFrames shared;
    private final JettyAnswer answer;

    SseWire(SharedFrames shared, JettyAnswer answer) {
        this.shared = shared;
        this.answer = answer;
    }

    /// When a reader that was cut off comes back: not all at the same moment, after a restart.
    static String retry() {
        return "retry: " + ThreadLocalRandom.current().nextInt(MIN_RETRY_MILLIS, MAX_RETRY_MILLIS) + "\n";
    }

    @Override
    public String transport() {
        return "sse";
    }

    @Override
    public void event(ReplyEvent event, Callback done) {
        answer.write(frame(event), done);
    }

    /// The frequent ones first, and one by one: the first compiler does not look into a `switch` over types.
    private Frame frame(ReplyEvent event) {
        if (event instanceof ReplyEvent.Message(var cursor, var text)) {
            return shared.frame(cursor, text, SseWire::message);
        }
        if (event instanceof ReplyEvent.Reasoning(var cursor, var text)) {
            return shared.frame(cursor, text, SseWire::reasoning);
        }
        return whole(event instanceof ReplyEvent.Start ? retry() : "", event);
    }

    private static Frame message(Cursor cursor, Slice text) {
        return text(cursor, MESSAGE, text);
    }

    private static Frame reasoning(Cursor cursor, Slice text) {
        return text(cursor, REASONING, text);
    }

    private static Frame text(Cursor cursor, String between, Slice text) {
        return id(new Frame(AROUND + text.length()), cursor).ascii(between).quoted(text).ascii("}\n\n").end();
    }

    private static Frame whole(String before, ReplyEvent event) {
        var data = Json.bytes(EventJson.data(event));
        return id(new Frame(2 * AROUND + data.length).ascii(before), event.cursor())
                .ascii("\nevent: ").ascii(EventJson.name(event)).ascii("\ndata: ").bytes(data).ascii("\n\n").end();
    }

    /// Writes what [Cursor#toString] would, without making the string.
    private static Frame id(Frame frame, Cursor cursor) {
        return frame.ascii("id: ").base36(cursor.epoch()).ascii(".").number(cursor.reasoning())
                .ascii(".").number(cursor.content()).ascii(".").number(cursor.stops());
    }

    @Override
    public void heartbeat(Callback done) {
        answer.write(HEARTBEAT, done);
    }

    @Override
    public void end() {
        answer.end();
    }

    @Override
    public Connection connection() {
        return answer;
    }
}
