package runnel.reply;

import runnel.chat.Reply;
import runnel.chat.Snapshot;

/// The text of a reply as readers see it, whether it is being written or was stored long ago.
public interface ReplyText {
    Reply reply();

    /// Everything up to this moment.
    Snapshot now();

    /// Runs `wake` after every change from now on, on the writer's thread: it must be short and must not block.
    /// A change between the last [#now] and this call is not told, so look once more after it.
    void listen(Runnable wake);

    /// Ends [#listen].
    void leave(Runnable wake);

    /// A text that will not change any more.
    record Ended(Reply reply, Snapshot now) implements ReplyText {
        @Override
        public void listen(Runnable wake) {}

        @Override
        public void leave(Runnable wake) {}
    }
}
