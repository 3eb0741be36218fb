package runnel.upstream.openai;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// A document that a [Connection] brings.
final class LoopFetch implements Connection.Receiver {
    private final LoopTransport transport;
    private final Carriage carriage;
    private final ByteArrayOutputStream document = new ByteArrayOutputStream();
    private int status;
    private String retryAfter = "";
    private IOException failure;

    LoopFetch(LoopTransport transport, Carriage carriage) {
        this.transport = transport;
        this.carriage = carriage;
    }

    /// What came, once the request is over.
    Transport.Fetched fetched() throws IOException {
        if (failure != null) {
            throw failure;
        }
        return new Transport.Fetched(status, retryAfter, document.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void head(int status, String contentType, String encoding, String retryAfter) {
        this.status = status;
        this.retryAfter = retryAfter;
    }

    @Override
    public void body(byte[] bytes, int from, int to) throws IOException {
        if (document.size() + to - from > Transport.Oversized.MAX) {
            throw new Transport.Oversized();
        }
        document.write(bytes, from, to - from);
    }

    @Override
    public void caughtUp() {}

    @Override
    public void ended(Connection connection) {
        carriage.detach();
        transport.release(connection);
        carriage.over();
    }

    @Override
    public void failed(IOException failure) {
        this.failure = failure;
        carriage.over();
    }
}
