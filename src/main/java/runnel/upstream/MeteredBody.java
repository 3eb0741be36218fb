package runnel.upstream;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;

/// A response body that ends in [Oversized] when too much comes without an event in it. okhttp-sse keeps a line in memory
/// until its end, so a line without an end would take all there is. Bytes are counted as they leave the decompressor,
/// which bounds what a small compressed answer can unfold to.
final class MeteredBody extends ResponseBody {
    static final long MOST = 8 << 20;

    private final ResponseBody body;
    private final MediaType type;
    private final BufferedSource source;
    private long sinceEvent;

    /// @param type what the body is taken for, whatever the server called it
    MeteredBody(ResponseBody body, MediaType type) {
        this.body = body;
        this.type = type;
        this.source = Okio.buffer(new ForwardingSource(body.source()) {
            @Override
            public long read(Buffer sink, long byteCount) throws IOException {
                long read = super.read(sink, byteCount);
                sinceEvent += Math.max(read, 0);
                if (sinceEvent > MOST) {
                    throw new Oversized();
                }
                return read;
            }
        });
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

    static final class Oversized extends IOException {}
}
