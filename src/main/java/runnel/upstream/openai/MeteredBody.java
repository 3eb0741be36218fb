package runnel.upstream.openai;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.InflaterSource;
import okio.Okio;
import okio.Source;

/// The bytes of an answer, whatever its labels say: unpacked where they are gzip or deflate, without a byte order mark, and ended by
/// [Transport.Oversized] when too much comes without an event in it. okhttp-sse keeps a line in memory until its end, so a line
/// without an end would take all there is. Bytes are counted as they are unpacked, which bounds what a small answer can unfold to.
final class MeteredBody extends ForwardingSource {
    /// So many bytes are read before others have their turn: a virtual thread keeps its processor until it has to wait, which it never
    /// has to while a server sends faster than it is read.
    private static final long TURN = 16 << 10;
    /// What an event costs at least, as that of reading so many bytes.
    private static final long EVENT = 256;

    private final Runnable heard;
    private long sinceEvent;
    private long sinceTurn;

    /// What a body is, by its first byte.
    enum Kind { EVENTS, JSON, PAGE, BINARY, NOTHING }

    /// @param heard called when bytes came
    MeteredBody(ResponseBody body, Runnable heard) {
        super(new Unpacked(body.source()));
        this.heard = heard;
    }

    /// The whole of a body as text.
    static String text(ResponseBody body) throws IOException {
        var source = Okio.buffer(new MeteredBody(body, () -> {}));
        kind(source);
        return source.readUtf8();
    }

    /// Takes what may stand before the beginning, and looks at that.
    static Kind kind(BufferedSource source) throws IOException {
        while (source.request(1)) {
            int first = source.getBuffer().getByte(0) & 0xff;
            if (first == 0xef) {
                source.skip(3); // a byte order mark (RFC 3629, section 6)
            } else if (first > ' ') {
                return first == '<' ? Kind.PAGE : first == '{' || first == '[' ? Kind.JSON : first < 0x7f ? Kind.EVENTS : Kind.BINARY;
            } else if (first == ' ' || first == '\n' || first == '\r' || first == '\t' || first == 0x1e) { // RFC 7464
                source.skip(1);
            } else {
                return Kind.BINARY;
            }
        }
        return Kind.NOTHING;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
        long read = super.read(sink, byteCount);
        heard.run();
        sinceEvent += Math.max(0, read);
        spend(read);
        if (sinceEvent > Transport.Oversized.MAX) {
            throw new Transport.Oversized();
        }
        return read;
    }

    void eventWasRead() {
        sinceEvent = 0;
        spend(EVENT);
    }

    private void spend(long cost) {
        sinceTurn += cost;
        if (sinceTurn > TURN) {
            sinceTurn = 0;
            LockSupport.parkNanos(1); // after Thread.yield a carrier may go on with the same few for ever (JDK 25)
        }
    }

    /// It is asked for as it is (`Accept-Encoding: identity`), but some gateways pack all the same, and not all say so.
    private static final class Unpacked extends ForwardingSource {
        private final BufferedSource packed;
        private Source bytes;

        Unpacked(BufferedSource packed) {
            super(packed);
            this.packed = packed;
        }

        @Override
        public long read(Buffer sink, long byteCount) throws IOException {
            if (bytes == null) {
                int begin = packed.request(2) ? (packed.getBuffer().getByte(0) & 0xff) << 8 | packed.getBuffer().getByte(1) & 0xff : 0;
                bytes = switch (begin) {
                    case 0x1f8b -> Okio.source(new GZIPInputStream(new Members(packed)));
                    case 0x7801, 0x785e, 0x789c, 0x78da -> new InflaterSource(packed, new Inflater()); // `deflate` (RFC 1950)
                    default -> packed;
                };
            }
            return bytes.read(sink, byteCount);
        }
    }

    /// Gzip may come in several members (RFC 1952, section 2.2), one for each piece that was sent. [GZIPInputStream] looks for the
    /// next one only where something is available.
    private static final class Members extends InputStream {
        private final BufferedSource source;

        Members(BufferedSource source) {
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            return source.exhausted() ? -1 : source.readByte() & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            return source.read(bytes, from, length);
        }

        @Override
        public int available() throws IOException {
            return source.exhausted() ? 0 : 1;
        }
    }
}
