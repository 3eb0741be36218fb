package runnel.store.reply;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import runnel.chat.Parent;
import runnel.chat.Sampling;

/// A prompt on its way into the database.
///
/// @param send        the client's own id for this send, where it gave one
/// @param fingerprint tells apart two different sends that wear the same id
/// @param chat        the chat to write in; absent for a new one
/// @param model       the model that will answer; a prompt is not written before it is known
/// @param system      the first message of a new chat, or another one from now on
/// @param attachments the ids of uploads, in order
/// @param keep        what else its chat keeps from now on
/// @param beside      other models that answer it at the same time
public record NewPrompt(String owner, Optional<String> send, String fingerprint, Optional<String> chat, Parent parent,
        String prompt, Optional<String> model, Optional<String> system, List<String> attachments, Keep keep, List<String> beside) {
    /// @param temporary whether a new chat is: see [runnel.chat.Chat#temporary]
    public record Keep(Sampling sampling, boolean temporary) {
        static final Keep NOTHING = new Keep(Sampling.DEFAULT, false);
    }

    public NewPrompt(String owner, Optional<String> send, String fingerprint, Optional<String> chat, Parent parent, String prompt,
            Optional<String> model, Optional<String> system, List<String> attachments) {
        this(owner, send, fingerprint, chat, parent, prompt, model, system, attachments, Keep.NOTHING, List.of());
    }

    /// One that waits in a chat for the reply before it.
    ///
    /// @param uploads the ids of the files beside it
    public static NewPrompt queued(String owner, String send, String fingerprint, String chat, String prompt, List<String> uploads) {
        return new NewPrompt(owner, Optional.of(send), fingerprint, Optional.of(chat), new Parent.Newest(), prompt, Optional.empty(),
                Optional.empty(), uploads);
    }

    public NewPrompt answeredBy(String chosen) {
        return new NewPrompt(owner, send, fingerprint, chat, parent, prompt, Optional.of(chosen), system, attachments, keep, beside);
    }

    public NewPrompt besides(List<String> others) {
        return new NewPrompt(owner, send, fingerprint, chat, parent, prompt, model, system, attachments, keep, others);
    }

    /// Which models answer.
    public List<String> models() {
        return Stream.concat(model.stream(), beside.stream()).toList();
    }

    NewPrompt under(Parent other) {
        return new NewPrompt(owner, send, fingerprint, chat, other, prompt, model, system, attachments, keep, beside);
    }

    public NewPrompt keeping(Optional<String> newModel, Optional<String> newSystem, Keep newKeep) {
        return new NewPrompt(owner, send, fingerprint, chat, parent, prompt, newModel, newSystem, attachments, newKeep, beside);
    }
}
