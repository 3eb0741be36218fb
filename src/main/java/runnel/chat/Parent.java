package runnel.chat;

/// The message under which a prompt is put.
public sealed interface Parent {
    /// The newest message of the chat: the conversation goes on.
    record Newest() implements Parent {}

    /// No message: the conversation begins anew beside its first prompt.
    record None() implements Parent {}

    /// This message: the conversation branches there.
    record Id(String message) implements Parent {}
}
