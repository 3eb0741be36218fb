package runnel.chat;

import java.util.List;
import java.util.Optional;

/// One message of a chat: a prompt, or a reply, whose id is the reply's.
///
/// @param parent  the message that it answers or follows; messages with one parent are alternatives to each other
/// @param text    what it says, and how it ended, unless it is still running
/// @param omitted how many of the chat's oldest messages the model was not given for this reply
/// @param created epoch milliseconds
/// @param attachments of a prompt
public record Message(String id, Optional<String> parent, Role role, Snapshot text, Optional<String> model, int omitted,
        long created, List<Attachment> attachments) {
    /// The same message, a running reply, with the text that it has at one moment.
    public Message as(Snapshot now, int omitted) {
        return new Message(id, parent, role, now, model, omitted, created, attachments);
    }

    public Message with(List<Attachment> files) {
        return new Message(id, parent, role, text, model, omitted, created, files);
    }

    public Status status() {
        return text.end().map(End::status).orElse(Status.STREAMING);
    }
}
