package runnel.web.stream;

import java.nio.ByteBuffer;
import org.eclipse.jetty.util.Callback;
import runnel.chat.End;
import runnel.chat.ReplyEvent;
import runnel.chat.Slice;
import runnel.chat.Status;
import runnel.web.http.Connection;

/// The bare text of a reply. A reply that is not complete ends with a broken connection, which is all that such an answer
/// can say: `curl` then exits with an error.
final class TextWire implements Wire {
    private final JettyAnswer answer;
    private boolean complete;

    TextWire(JettyAnswer answer) {
        this.answer = answer;
    }

    @Override
    public String transport() {
        return "text";
    }

    @Override
    public void event(ReplyEvent event, Callback done) {
        switch (event) {
            case ReplyEvent.Message(_, Slice text) -> answer.write(ByteBuffer.wrap(text.bytes(), text.from(), text.length()), done);
            case ReplyEvent.Start _, ReplyEvent.Reasoning _ -> done.succeeded();
            case ReplyEvent.Stop(_, End end) -> {
                complete = end.status() == Status.COMPLETE;
                done.succeeded();
            }
        }
    }

    /// There is nothing in bare text that is not text.
    @Override
    public void heartbeat(Callback done) {
        done.succeeded();
    }

    @Override
    public void end() {
        if (complete) {
            answer.end();
        } else {
            answer.cut();
        }
    }

    @Override
    public Connection connection() {
        return answer;
    }
}
