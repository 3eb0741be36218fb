package runnel.upstream.openai;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// A question that a [Connection] carries, and an answer that is read on the thread of the [EventLoop].
final class LoopExchange implements Exchange, Connection.Receiver {
    /// How long a server may take to end a stream whose last event it has sent; then the connection is not used again.
    private static final Duration END = Duration.ofMillis(100);

    private final LoopTransport transport;
    private final ChatRequest question;
    private final Carriage carriage;
    private Answer answer;
    private int status;
    private String retryAfter = "";
    /// Of an answer that streams.
    private EventReader events;
    /// Of a document or of a refusal, which are read when they are whole.
    private ByteArrayOutputStream document;
    private IOException failure;
    private Watchdog.Timeout ending;

    LoopExchange(LoopTransport transport, ChatRequest question) {
        this.transport = transport;
        this.question = question;
        this.carriage = new Carriage(transport);
    }

    @Override
    public Optional<ErrorResponse> run(Answer answer) throws IOException {
        this.answer = answer;
        carriage.run(transport.request(question), this);
        if (status == 0) {
            throw failure;
        }
        return isRefused() ? Optional.of(ErrorResponse.of(status, retryAfter, text())) : Optional.empty();
    }

    @Override
    public void cancel() {
        carriage.cancel();
    }

    private boolean isRefused() {
        return status / 100 != 2;
    }

    private String text() {
        return document.toString(StandardCharsets.UTF_8);
    }

    // --- On the thread of the loop -----------------------------------------------------------------------------------

    @Override
    public void head(int status, String contentType, String encoding, String retryAfter) {
        this.status = status;
        this.retryAfter = retryAfter;
        if (isRefused()) {
            document = new ByteArrayOutputStream();
            answer.refused();
        } else if (!encoding.isEmpty() && !encoding.equalsIgnoreCase("identity")) {
            answer.broken(new ProtocolException("a content coding that was not asked for"));
        } else {
            begin(Answer.Form.of(contentType));
        }
    }

    private void begin(Answer.Form form) {
        switch (form) {
            case EVENTS -> events = new EventReader(answer);
            case DOCUMENT -> document = new ByteArrayOutputStream();
            case FOREIGN -> answer.foreign();
        }
    }

    @Override
    public void body(byte[] bytes, int from, int to) throws IOException {
        if (events != null) {
            events.read(bytes, from, to);
        } else if (document != null) {
            collect(bytes, from, to);
        }
        if (answer.hasFailed()) {
            carriage.cancel();
        }
    }

    private void collect(byte[] bytes, int from, int to) throws IOException {
        int most = isRefused() ? ErrorResponse.MAX : (int) Transport.Oversized.MAX;
        int taken = Math.min(to - from, most - document.size());
        document.write(bytes, from, taken);
        if (taken < to - from) {
            throw new Transport.Oversized();
        }
    }

    @Override
    public void caughtUp() {
        if (answer.hasFailed()) {
            carriage.cancel();
        } else if (answer.isOver() && ending == null) {
            ending = transport.watchdog().after(END, carriage::cancel);
        }
    }

    @Override
    public void ended(Connection connection) {
        if (document != null && !isRefused()) {
            answer.document(text());
        }
        carriage.detach();
        transport.release(connection);
        over();
    }

    @Override
    public void failed(IOException failure) {
        this.failure = failure;
        if (status != 0 && !isRefused()) {
            answer.broken(failure);
        }
        over();
    }

    private void over() {
        if (ending != null) {
            ending.close();
        }
        carriage.over();
    }
}
