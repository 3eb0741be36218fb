package runnel.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import runnel.chat.Slice;

/// Bytes that take less room on the disk, as zlib (RFC 1950) makes them: quickly rather than well. In them are numbers, and pieces with
/// their lengths before them.
public final class PackedBytes {
    private static final int BUFFER = 8 << 10;
    private static final int SEVEN_BITS = 0x7f;

    private PackedBytes() {}

    static byte[] pack(byte[] bytes, int length) {
        var packed = new ByteArrayOutputStream(length / 2);
        var deflater = new Deflater(Deflater.BEST_SPEED);
        try (var out = new DeflaterOutputStream(packed, deflater, BUFFER)) {
            out.write(bytes, 0, length);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            deflater.end();
        }
        return packed.toByteArray();
    }

    /// @throws StoreFault where this is not what [#pack] made
    static byte[] unpack(byte[] packed) {
        try (var in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new StoreFault("something packed is broken", broken);
        }
    }

    public static final class Writer extends ByteArrayOutputStream {
        /// Seven bits at a time, the lowest first; the eighth says that there are more.
        public void number(int value) {
            int rest = value;
            for (; rest > SEVEN_BITS; rest >>>= 7) {
                write(rest | SEVEN_BITS + 1);
            }
            write(rest);
        }

        public void piece(Slice piece) {
            number(piece.length());
            write(piece.bytes(), piece.from(), piece.length());
        }

        public byte[] packed() {
            return pack(buf, count);
        }
    }

    public static final class Reader {
        private final byte[] bytes;
        private int at;

        public Reader(byte[] packed) {
            this.bytes = unpack(packed);
        }

        public boolean hasMore() {
            return at < bytes.length;
        }

        public int number() {
            int value = 0;
            int shift = 0;
            for (; bytes[at] < 0; shift += 7) {
                value |= (bytes[at++] & SEVEN_BITS) << shift;
            }
            return value | bytes[at++] << shift;
        }

        public Slice piece() {
            int length = number();
            at += length;
            return new Slice(bytes, at - length, at);
        }
    }
}
