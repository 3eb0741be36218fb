package runnel.chat;

import java.nio.charset.StandardCharsets;

/// A run of whole UTF-8 characters inside a larger text. The bytes from `from` to `to` never change, so nothing is copied.
public record Slice(byte[] bytes, int from, int to) {
    public int length() {
        return to - from;
    }

    @Override
    public String toString() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
