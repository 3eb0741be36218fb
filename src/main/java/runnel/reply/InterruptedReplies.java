package runnel.reply;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import runnel.chat.FaultLog;
import runnel.chat.Refused;
import runnel.chat.Reply;
import runnel.store.StoreException;
import runnel.store.reply.StoredReplies;

/// Continues what the end of the last process cut off: a few replies at a time, so that those who come meanwhile
/// find the model's server free. One whose chat people have gone on with is left as it is.
final class InterruptedReplies {
    private static final Logger LOG = LoggerFactory.getLogger(InterruptedReplies.class);
    private static final FaultLog FAULTS = new FaultLog(LOG::warn);
    static final int AT_ONCE = 4;
    private static final long RETRY_MILLIS = 1_000;

    private final Queue<Reply> waiting;
    private final Replies replies;
    private final StoredReplies stored;

    InterruptedReplies(Replies replies, StoredReplies stored, List<Reply> unfinished) {
        this.replies = replies;
        this.stored = stored;
        this.waiting = new ConcurrentLinkedQueue<>(unfinished);
    }

    void begin() {
        for (int i = Math.min(AT_ONCE, waiting.size()); i > 0; i--) {
            Thread.ofVirtual().name("continuing").start(this::run);
        }
    }

    private void run() {
        for (var reply = waiting.poll(); reply != null && replies.takesPrompts(); reply = waiting.poll()) {
            one(reply);
        }
    }

    private void one(Reply reply) {
        try {
            if (begins(reply)) {
                replies.awaitEnd(reply.id());
            } else {
                stored.forgetUnfinished(reply);
            }
        } catch (Refused | StoreException full) {
            later(reply);
        } catch (RuntimeException | Error fault) { // the next one is continued all the same
            FAULTS.tell("Reply " + reply.id() + " cannot be continued.", fault);
        }
    }

    /// @return whether it goes on, else it never will by itself
    /// @throws Refused where there is no room for it now
    private boolean begins(Reply reply) {
        try {
            boolean wanted = stored.isUnfinished(reply);
            if (wanted) {
                replies.goOn(reply.owner(), reply.id());
                replies.totals().accepted().increment();
            }
            LOG.info("Reply {} {}.", reply.id(), wanted ? "goes on" : "is left as it is: its chat has gone on");
            return wanted;
        } catch (Refused refused) {
            if (refused.mayPass()) {
                throw refused;
            }
            LOG.info("Reply {} is left as it is: {}", reply.id(), refused.getMessage());
            return false;
        }
    }

    /// Behind the others, for which there may be room.
    private void later(Reply reply) {
        try {
            Thread.sleep(RETRY_MILLIS);
            waiting.add(reply);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
