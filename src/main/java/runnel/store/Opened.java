package runnel.store;

import runnel.chat.Reply;
import runnel.chat.Snapshot;

/// A reply that is in the database as running, and has one writer from now on.
///
/// @param text   what it begins with: nothing, unless it is continued
/// @param system the chat's first message
public record Opened(Reply reply, Snapshot text, String system) {}
