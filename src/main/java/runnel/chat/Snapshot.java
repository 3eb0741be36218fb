package runnel.chat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A reply's text at one moment: the bytes, how many of them are written, and the end, all taken together.
/// The written bytes never change, so a snapshot shares its arrays with the later ones.
///
/// @param stops how many times the reply has ended
/// @param end   how it ended last; absent while it runs
public record Snapshot(byte[] reasoning, int reasoningLength, byte[] content, int contentLength, int stops, Optional<End> end) {
    public static Snapshot of(String reasoning, String content, int stops, Optional<End> end) {
        byte[] thought = reasoning.getBytes(StandardCharsets.UTF_8);
        byte[] said = content.getBytes(StandardCharsets.UTF_8);
        return new Snapshot(thought, thought.length, said, said.length, stops, end);
    }

    /// The place behind everything that is here.
    public Cursor cursor(long epoch) {
        return new Cursor(epoch, reasoningLength, contentLength, stops);
    }

    /// The same text, not ended, or not any more.
    public Snapshot running() {
        return new Snapshot(reasoning, reasoningLength, content, contentLength, stops, Optional.empty());
    }

    public String reasoningText() {
        return new String(reasoning, 0, reasoningLength, StandardCharsets.UTF_8);
    }

    public String contentText() {
        return new String(content, 0, contentLength, StandardCharsets.UTF_8);
    }
}
