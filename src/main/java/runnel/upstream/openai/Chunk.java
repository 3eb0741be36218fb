package runnel.upstream.openai;

import java.util.Optional;
import runnel.chat.Usage;

/// What one event of a streamed answer says (OpenAI's `chat.completion.chunk`), or a whole answer that did not stream.
///
/// @param piece        more of the answer
/// @param message      the answer as far as it has come, or a piece of it: servers put both into a `message`
/// @param finishReason why the model stopped, where this chunk says so
/// @param complaint    the error that the server sent in place of more
record Chunk(Text piece, Text message, Optional<FinishReason> finishReason, Optional<Usage> usage, Optional<ErrorBody> complaint) {
    static final Text NOTHING = new Text("", "");

    /// @param reasoning what of it is visible reasoning; empty where there is none
    /// @param content   what of it is the answer; empty where there is none
    record Text(String reasoning, String content) {
        boolean isEmpty() {
            return reasoning.isEmpty() && content.isEmpty();
        }
    }

    boolean saysAnything() {
        return !piece.isEmpty() || !message.isEmpty() || finishReason.isPresent() || complaint.isPresent();
    }
}
