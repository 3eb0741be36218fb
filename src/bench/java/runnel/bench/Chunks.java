package runnel.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/// Bytes of a streamed answer as they are put together: server-sent events, each in an HTTP chunk (RFC 9112, 7.1).
final class Chunks {
    private static final int SIZE = 128 << 10;
    private static final int LARGEST = 16 << 10;
    /// The size of a chunk is written when the chunk is: four digits and a line's end.
    private static final int BEFORE = 6;
    private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
    private static final byte[] DATA = "data: ".getBytes(US_ASCII);
    private static final byte[] END = "\n\n\r\n".getBytes(US_ASCII);

    private final byte[] bytes = new byte[SIZE];
    private int length;
    private int begun;

    void clear() {
        length = 0;
    }

    boolean hasRoom() {
        return SIZE - length > 2 * LARGEST;
    }

    ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    void put(byte[] some) {
        System.arraycopy(some, 0, bytes, length, some.length);
        length += some.length;
    }

    void put(char one) {
        bytes[length++] = (byte) one;
    }

    void put(long number) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        length += digits;
        long rest = number;
        for (int at = length - 1; digits > 0; digits--) {
            bytes[at--] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    void beginEvent() {
        begun = length;
        length += BEFORE;
        put(DATA);
    }

    void endEvent() {
        int size = length - begun - BEFORE + 2;
        for (int digit = 0; digit < 4; digit++) {
            bytes[begun + digit] = HEX[size >> 12 - 4 * digit & 15];
        }
        bytes[begun + 4] = '\r';
        bytes[begun + 5] = '\n';
        put(END);
    }

    void event(byte[] data) {
        beginEvent();
        put(data);
        endEvent();
    }

    void text(String text) {
        put(text.getBytes(US_ASCII));
    }
}
