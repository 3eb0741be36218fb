package runnel.chat;

/// A reply's lasting facts; its text and its end are a [Snapshot].
///
/// @param prompt  the message that it answers
/// @param epoch   see [Cursor#epoch]
/// @param omitted how many of the chat's oldest messages the model was not given
public record Reply(String id, String chat, String owner, String prompt, String model, long epoch, int omitted) {
    static final int GENERATION_BITS = 10;

    /// Whether it is written down at all.
    public boolean isStored() {
        return !chat.isEmpty();
    }

    /// Rises whenever a crash has shortened the text: the low bits of the epoch. It begins at 0, and in replies of versions before 10
    /// anywhere.
    public int generation() {
        return (int) epoch & (1 << GENERATION_BITS) - 1;
    }

    /// The epoch of what is left of the text when readers may have seen more of it.
    public long nextEpoch() {
        return epoch + 1;
    }
}
