package runnel.chat;

/// News for a user from outside the reply that is being read.
public sealed interface Notification {
    /// The reader's place is not known here, or too far back: what follows is new, everything else must be read afresh.
    record Resync() implements Notification {}

    /// A reply has ended.
    ///
    /// @param seconds how long it took
    record ReplyFinished(String chat, String reply, String title, Status status, long seconds) implements Notification {}

    /// The list of chats is not what it was.
    record ChatsChanged(String chat, Change change) implements Notification {}

    /// An administrator says something to everybody.
    record Announcement(String text) implements Notification {}

    /// What has become of a chat. `CHANGED` is a new title, a new pin, another prompt.
    enum Change { CREATED, CHANGED, DELETED }
}
