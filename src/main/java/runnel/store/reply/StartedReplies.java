package runnel.store.reply;

import java.util.List;
import java.util.Optional;
import runnel.chat.Reply;
import runnel.chat.Sampling;
import runnel.chat.Snapshot;
import runnel.chat.Turn;

/// The replies to one prompt that are in the database as running; each has one writer from now on.
///
/// @param replies  one of each model that is asked
/// @param text     what they begin with: nothing, unless one is continued
/// @param sampling what was chosen for them
/// @param system   the chat's first message
/// @param path     the conversation that leads to them, where that is known without looking
public record StartedReplies(List<Reply> replies, Snapshot text, Sampling sampling, String system, Optional<List<Turn>> path) {
    /// That of the first model.
    public Reply reply() {
        return replies.getFirst();
    }
}
