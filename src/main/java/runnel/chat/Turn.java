package runnel.chat;

/// One message as a model is asked to read it.
public record Turn(Role role, String content) {}
