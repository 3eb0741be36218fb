package runnel.store;

import java.util.List;
import java.util.Optional;
import runnel.chat.Reply;
import runnel.chat.Sampling;
import runnel.chat.Snapshot;
import runnel.chat.Turn;

/// A reply that is in the database as running, and has one writer from now on.
///
/// @param text   what it begins with: nothing, unless it is continued
/// @param sampling what was chosen for it
/// @param system the chat's first message
/// @param path   the conversation that leads to it, where that is known without looking
public record StartedReply(Reply reply, Snapshot text, Sampling sampling, String system, Optional<List<Turn>> path) {}
