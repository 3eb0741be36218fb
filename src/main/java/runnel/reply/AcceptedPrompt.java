package runnel.reply;

/// The ids that a send was given.
///
/// @param fresh whether this send began the reply; else an equal one did so before
public record AcceptedPrompt(String chat, String message, String reply, boolean fresh) {}
