package runnel.reply;

import java.util.List;
import runnel.store.IdempotencyKeys.Answer;
import runnel.store.IdempotencyKeys.Sent;

/// The ids that a send was given.
///
/// @param reply   that of the first model
/// @param answers of all models, where the send was to several
/// @param fresh   whether this send began the reply; else an equal one did so before
public record AcceptedPrompt(String chat, String message, String reply, List<Answer> answers, boolean fresh) {
    static AcceptedPrompt before(Sent sent) {
        return new AcceptedPrompt(sent.chat(), sent.message(), sent.reply(), sent.answers(), false);
    }
}
