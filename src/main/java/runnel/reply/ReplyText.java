package runnel.reply;

import runnel.chat.Refused;
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

    /// Takes the memory of the text for as long as somebody reads it.
    ///
    /// @return gives it back
    /// @throws Refused where there is too little of it
    default Runnable held() {
        return () -> {}; // while it is written its writer has taken it
    }

    /// A text that will not change any more.
    record Ended(Reply reply, Snapshot now) implements ReplyText {
        @Override
        public Runnable held() {
            var share = TextMemory.SHARED.share();
            if (!share.grow(now.length())) {
                throw new Refused("busy", 503, "Busy", "Too many long texts are being read at once. Try again in a moment.");
            }
            return share::close;
        }

        @Override
        public void listen(Runnable wake) {}

        @Override
        public void leave(Runnable wake) {}
    }
}
