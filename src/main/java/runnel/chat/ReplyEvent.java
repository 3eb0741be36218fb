package runnel.chat;

/// What a reader of a reply is told. Every event carries the place that is reached once it has been read.
public sealed interface ReplyEvent {
    Cursor cursor();

    /// Always first.
    ///
    /// @param resumed whether what follows continues exactly behind the reader's own cursor; else it is the whole
    /// @param omitted how many of the chat's oldest messages the model was not given, since they no longer fitted
    record Start(Cursor cursor, String reply, String chat, String model, boolean resumed, int omitted) implements ReplyEvent {}

    /// More of the run that the text belongs to.
    record More(Cursor cursor, Run.Kind kind, Slice text) implements ReplyEvent {}

    /// Always last.
    record Stop(Cursor cursor, End end) implements ReplyEvent {}
}
