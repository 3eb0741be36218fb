package runnel.upstream.openai;

import java.util.List;
import java.util.Optional;
import runnel.chat.Usage;

/// What one event of a streamed answer says (OpenAI's `chat.completion.chunk`), or a whole answer that did not stream.
///
/// @param piece        more of the answer
/// @param message      the answer as far as it has come, or a piece of it: servers put both into a `message`
/// @param calls        pieces of function calls
/// @param finishReason why the model stopped, where this chunk says so
/// @param complaint    the error that the server sent in place of more
record Chunk(Text piece, Text message, List<Call> calls, Optional<FinishReason> finishReason, Optional<Usage> usage,
        Optional<ErrorBody> complaint) {
    static final Text NOTHING = new Text("", "", "");

    /// @param reasoning what of it is visible reasoning; empty where there is none
    /// @param content   what of it is the answer; empty where there is none
    /// @param refusal   what of it says why there is none
    record Text(String reasoning, String content, String refusal) {
        boolean isEmpty() {
            return reasoning.isEmpty() && content.isEmpty() && refusal.isEmpty();
        }

        Text and(Text more) {
            return new Text(reasoning + more.reasoning, content + more.content, refusal + more.refusal);
        }
    }

    /// @param index     which of the answer's calls it belongs to; [#WHOLE] where it is all of one
    /// @param id        empty where this piece does not say it, as the name
    /// @param arguments more of them
    record Call(int index, String id, String name, String arguments) {
        static final int WHOLE = -1;

        Call whole() {
            return new Call(WHOLE, id, name, arguments);
        }
    }

    boolean saysAnything() {
        return !piece.isEmpty() || !message.isEmpty() || !calls.isEmpty() || finishReason.isPresent() || complaint.isPresent();
    }
}
