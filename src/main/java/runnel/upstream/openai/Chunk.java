package runnel.upstream.openai;

import java.util.Optional;
import runnel.chat.Usage;

/// What one event of a streamed answer says (OpenAI's `chat.completion.chunk`), or a whole answer that did not stream.
///
/// @param reasoning    more of the visible reasoning; empty where there is none
/// @param content      more of the answer; empty where there is none
/// @param finishReason why the model stopped, where this is the chunk that says so
/// @param complaint    the error that the server sent in place of more
record Chunk(
        String reasoning,
        String content,
        Optional<String> finishReason,
        Optional<Usage> usage,
        Optional<ErrorBody> complaint) {

    static Chunk of(String reasoning, String content) {
        return new Chunk(reasoning, content, Optional.empty(), Optional.empty(), Optional.empty());
    }

    boolean saysAnything() {
        return !reasoning.isEmpty() || !content.isEmpty() || finishReason.isPresent() || complaint.isPresent();
    }
}
