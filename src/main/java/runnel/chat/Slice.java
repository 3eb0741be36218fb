package runnel.chat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// A run of whole UTF-8 characters inside a larger text. The bytes from `from` to `to` never change, so nothing is copied.
public record Slice(byte[] bytes, int from, int to) {
    public static Slice of(byte[] whole) {
        return new Slice(whole, 0, whole.length);
    }

    /// The bytes, which are not copied.
    public InputStream stream() {
        return new ByteArrayInputStream(bytes, from, length());
    }

    public int length() {
        return to - from;
    }

    @Override
    public String toString() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
