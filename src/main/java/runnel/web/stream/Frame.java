package runnel.web.stream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import runnel.chat.Slice;

/// Bytes of one event as they are put together. It writes text as JSON strings (RFC 8259, 7) straight from its UTF-8.
public final class Frame {
    private static final byte[] DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz".getBytes(StandardCharsets.US_ASCII);
    private static final int BASE_36 = 36;
    private static final int LONGEST_ESCAPE = 6;
    private static final int MAX_DIGITS = 20;

    private byte[] bytes;
    private int length;

    public Frame(int expected) {
        bytes = new byte[expected];
    }

    public Frame ascii(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    public Frame bytes(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    public Frame number(long value) {
        return number(value, 10);
    }

    /// In the notation of [Long#toString(long, int)] with the radix 36, for a number that is not negative.
    Frame base36(long value) {
        return number(value, BASE_36);
    }

    private Frame number(long value, int radix) {
        reserve(MAX_DIGITS);
        int end = length + 1;
        for (long rest = value / radix; rest > 0; rest /= radix) {
            end++;
        }
        length = end;
        do {
            bytes[--end] = DIGITS[(int) (value % radix)];
            value /= radix;
        } while (value > 0);
        return this;
    }

    /// The text with quotes around it, and escaped where JSON wants it.
    public Frame quoted(Slice text) {
        return ascii("\"").escaped(text).ascii("\"");
    }

    /// The text, or a piece of it, escaped where JSON wants it.
    public Frame escaped(Slice text) {
        reserve(text.length() + 1);
        for (int i = text.from(); i < text.to(); i++) {
            byte next = text.bytes()[i];
            if (next >= ' ' && next != '"' && next != '\\' || next < 0) {
                reserve(1);
                bytes[length++] = next;
            } else {
                escape(next);
            }
        }
        return this;
    }

    private void escape(byte next) {
        reserve(LONGEST_ESCAPE);
        bytes[length++] = '\\';
        switch (next) {
            case '"', '\\' -> bytes[length++] = next;
            case '\n' -> bytes[length++] = 'n';
            case '\r' -> bytes[length++] = 'r';
            case '\t' -> bytes[length++] = 't';
            default -> {
                ascii("u00");
                bytes[length++] = DIGITS[next >> 4];
                bytes[length++] = DIGITS[next & 15];
            }
        }
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, length + (length >> 1)));
        }
    }

    public int length() {
        return length;
    }

    /// What was put together so far.
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(bytes, 0, length);
    }
}
