package runnel.chat;

/// A reply's lasting facts; its text and its end are a [Snapshot].
///
/// @param prompt  the message that it answers
/// @param epoch   see [Cursor#epoch]
/// @param omitted how many of the chat's oldest messages the model was not given
public record Reply(String id, String chat, String owner, String prompt, String model, long epoch, int omitted) {}
