package runnel.store.reply;

import java.util.List;
import runnel.chat.Reply;
import runnel.store.reply.IdempotencyKeys.Answer;

/// The ids that a send was given.
///
/// @param reply   that of the first model
/// @param answers of all models, where the send was to several
/// @param fresh   whether this send began the reply; else an equal one did so before
public record AcceptedPrompt(String chat, String message, String reply, List<Answer> answers, boolean fresh) {
    /// @param replies that this send began
    public static AcceptedPrompt of(List<Reply> replies) {
        var first = replies.getFirst();
        var answers = replies.stream().filter(_ -> replies.size() > 1).map(reply -> new Answer(reply.id(), reply.model())).toList();
        return new AcceptedPrompt(first.chat(), first.prompt(), first.id(), answers, true);
    }
}
