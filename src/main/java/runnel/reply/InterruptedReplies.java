package runnel.reply;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import runnel.chat.FaultLog;
import runnel.chat.Refused;
import runnel.chat.Reply;

/// Continues what the end of the last process cut off: a few replies at a time, so that those who come meanwhile
/// find the model's server free.
final class InterruptedReplies {
    private static final Logger LOG = LoggerFactory.getLogger(InterruptedReplies.class);
    private static final FaultLog FAULTS = new FaultLog(LOG::warn);
    static final int AT_ONCE = 4;

    private final Queue<Reply> waiting;
    private final Replies replies;

    InterruptedReplies(Replies replies, List<Reply> unfinished) {
        this.replies = replies;
        this.waiting = new ConcurrentLinkedQueue<>(unfinished);
    }

    void begin() {
        for (int i = Math.min(AT_ONCE, waiting.size()); i > 0; i--) {
            Thread.ofVirtual().name("continuing").start(this::run);
        }
    }

    private void run() {
        for (var reply = waiting.poll(); reply != null; reply = waiting.poll()) {
            one(reply);
        }
    }

    private void one(Reply reply) {
        try {
            replies.resume(reply.owner(), reply.id());
            replies.awaitEnd(reply.id());
        } catch (Refused taken) {
            LOG.debug("Reply {} is not continued: {}", reply.id(), taken.getMessage());
        } catch (RuntimeException | Error fault) { // the next one is continued all the same
            FAULTS.tell("Reply " + reply.id() + " cannot be continued.", fault);
        }
    }
}
