package runnel.web.stream;

import io.javalin.http.Context;
import java.nio.ByteBuffer;
import org.eclipse.jetty.util.Callback;
import runnel.chat.End;
import runnel.chat.ReplyEvent;
import runnel.chat.Slice;
import runnel.chat.Status;
import runnel.web.stream.StreamEvent.OfFeed;
import runnel.web.stream.StreamEvent.OfReply;

/// The bare text of a reply. A reply that is not complete ends with a broken connection, which is all that such an answer
/// can say: `curl` then exits with an error.
final class TextWire implements Wire<StreamEvent> {
    private final JettyAnswer answer;
    private boolean complete;

    TextWire(Context ctx) {
        this.answer = JettyAnswer.waiting(ctx);
    }

    @Override
    public void begin(EventStream<StreamEvent> stream) {
        answer.begin(stream::gone);
    }

    @Override
    public String transport() {
        return "text";
    }

    @Override
    public void event(StreamEvent event, Callback done) {
        switch (event) {
            case OfReply(ReplyEvent.More(_, var kind, Slice text)) when kind.isContent() ->
                answer.write(ByteBuffer.wrap(text.bytes(), text.from(), text.length()), done);
            case OfReply(ReplyEvent.Stop(_, End end)) -> {
                complete = end.status() == Status.COMPLETE;
                done.succeeded();
            }
            case OfReply(ReplyEvent.Start _), OfReply(ReplyEvent.More _), OfFeed _ -> done.succeeded();
        }
    }

    @Override
    public void end() {
        if (complete) {
            answer.end();
        } else {
            answer.breakOffOnceRead();
        }
    }

    @Override
    public void cut() {
        answer.breakOff();
    }
}
