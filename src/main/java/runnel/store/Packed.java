package runnel.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/// Bytes that take less room on the disk, as zlib (RFC 1950) makes them: quickly rather than well.
final class Packed {
    private static final int BUFFER = 8 << 10;

    private Packed() {}

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
}
