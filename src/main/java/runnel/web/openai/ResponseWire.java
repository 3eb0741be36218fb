package runnel.web.openai;

import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.eclipse.jetty.util.Callback;
import runnel.chat.Snapshot;
import runnel.web.http.HttpConnection;
import runnel.web.http.Json;
import runnel.web.stream.EventStream;
import runnel.web.stream.JettyAnswer;
import runnel.web.stream.Wire;

/// The answer to who waits for a response: its events as they come, or the whole of it at its end.
final class ResponseWire implements Wire<ByteBuffer> {
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);
    /// JSON may begin with white space (RFC 8259, 2).
    private static final byte[] SPACE = " ".getBytes(StandardCharsets.US_ASCII);

    private final HttpConnection connection;
    private final JettyAnswer answer;
    private final boolean streams;
    private final Supplier<Snapshot> text;
    private final ResponseJson json;

    ResponseWire(Context ctx, boolean streams, Supplier<Snapshot> text, ResponseJson json) {
        this.connection = new HttpConnection(ctx);
        this.streams = streams;
        this.text = text;
        this.json = json;
        ctx.contentType(streams ? "text/event-stream;charset=utf-8" : "application/json");
        HttpConnection.unbuffered(ctx);
        this.answer = JettyAnswer.waiting(ctx);
    }

    @Override
    public void begin(EventStream<ByteBuffer> stream) {
        answer.begin(stream::gone);
    }

    @Override
    public String transport() {
        return "response";
    }

    @Override
    public void event(ByteBuffer frames, Callback done) {
        if (streams) {
            answer.write(frames, done);
        } else {
            done.succeeded();
        }
    }

    @Override
    public void heartbeat(Callback done) {
        answer.write(ByteBuffer.wrap(streams ? COMMENT : SPACE), done);
    }

    @Override
    public boolean saysNoMore() {
        return connection.saysNoMore();
    }

    /// Where it has not ended, the server stops.
    @Override
    public void end() {
        var now = text.get();
        if (streams) {
            answer.end();
        } else if (now.end().isEmpty()) {
            answer.breakOff();
        } else {
            answer.end(() -> Json.bytes(json.now(now)));
        }
    }

    @Override
    public void cut() {
        answer.cut();
    }
}
