package runnel.upstream.openai;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;

/// A response body that ends in [Transport.Oversized] when too much comes without an event in it. okhttp-sse keeps a line in memory
/// until its end, so a line without an end would take all there is. Bytes are counted as they leave the decompressor,
/// which bounds what a small compressed answer can unfold to.
final class MeteredBody extends ResponseBody {
    private final ResponseBody body;
    private final MediaType type;
    private final BufferedSource source;
    private long sinceEvent;

    private boolean endsInCarriageReturn;

    /// @param type what the body is taken for, whatever the server called it
    MeteredBody(ResponseBody body, MediaType type) {
        this.body = body;
        this.type = type;
        this.source = Okio.buffer(new ForwardingSource(body.source()) {
            @Override
            public long read(Buffer sink, long byteCount) throws IOException {
                long read = super.read(sink, byteCount);
                return read < 0 ? end(sink) : meter(sink, read);
            }
        });
    }

    private long meter(Buffer sink, long read) throws IOException {
        sinceEvent += read;
        if (sinceEvent > Transport.Oversized.MAX) {
            throw new Transport.Oversized();
        }
        endsInCarriageReturn = sink.getByte(sink.size() - 1) == '\r';
        return read;
    }

    /// okhttp-sse 5.5.1 never returns from a body whose last byte is a carriage return: it looks for ever whether a line
    /// feed follows, on a full core and deaf to cancellation. So one follows, which ends the same line.
    private long end(Buffer sink) {
        if (!endsInCarriageReturn) {
            return -1;
        }
        endsInCarriageReturn = false;
        sink.writeByte('\n');
        return 1;
    }

    void eventWasRead() {
        sinceEvent = 0;
    }

    @Override
    public MediaType contentType() {
        return type;
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public BufferedSource source() {
        return source;
    }
}
