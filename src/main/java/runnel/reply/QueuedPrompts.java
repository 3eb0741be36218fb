package runnel.reply;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.LoggerFactory;
import runnel.chat.FaultLog;
import runnel.chat.Refused;
import runnel.store.Database;
import runnel.store.StoreFault;
import runnel.store.reply.AcceptedPrompt;
import runnel.store.reply.PromptQueue;
import runnel.store.reply.PromptQueue.Due;

/// Sends what waits in chats, each prompt once: it leaves the queue in the transaction that writes its message.
public final class QueuedPrompts {
    private static final FaultLog FAULTS = new FaultLog(LoggerFactory.getLogger(QueuedPrompts.class)::error);
    private static final int MAX_TRIES = 5;
    private static final long RETRY_MILLIS = 500;
    private static final long MAX_RETRY_MILLIS = 15_000;
    private static final int TOO_MANY = 429;

    private final Database database;
    private final Replies replies;
    /// The chats in which nothing else is sent, since some are being sent before their turn; how many.
    private final Map<Due, Integer> held = new ConcurrentHashMap<>();

    /// @param replies starts their replies
    QueuedPrompts(Database database, Replies replies) {
        this.database = database;
        this.replies = replies;
    }

    /// Sends the first prompt that is due in a chat and that its model can be given, if one is. Where the server is full or cannot
    /// write it tries again for as long as that prompt is due.
    void sendDue(String owner, String chat) {
        for (long pause = RETRY_MILLIS; replies.takesPrompts() && !held.containsKey(new Due(owner, chat));
                pause = Math.min(2 * pause, MAX_RETRY_MILLIS)) {
            try {
                if (!isFitDue(owner, chat) || replies.startQueued(owner, chat, Optional.empty()).isPresent()) {
                    return;
                }
            } catch (Refused refused) {
                if (refused.problem().status() < TOO_MANY) {
                    return; // another prompt was quicker, whose reply this one waits for now
                }
            } catch (StoreFault never) {
                FAULTS.tell("A prompt that waits cannot be sent.", never);
                return;
            } catch (RuntimeException | Error fault) {
                FAULTS.tell("A prompt that waits could not be sent; trying again.", fault);
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    /// Passes over those that are due and that their model cannot be given.
    private boolean isFitDue(String owner, String chat) {
        var next = PromptQueue.next(database, owner, chat, Optional.empty());
        while (next.isPresent()) {
            try {
                replies.refuseUnfit(next.get());
                return true;
            } catch (Refused unfit) {
                FAULTS.tell("unfit", "A prompt that waits cannot be given to its model: " + unfit.problem().detail());
                PromptQueue.passOver(database, next.get());
            }
            next = PromptQueue.next(database, owner, chat, Optional.empty());
        }
        return false;
    }

    /// The same on a thread of its own.
    public void sendDueSoon(String owner, String chat) {
        Thread.ofVirtual().name("queue").start(() -> sendDue(owner, chat));
    }

    /// Goes on with what was due when the last process ended.
    void recover() {
        PromptQueue.due(database).forEach(due -> sendDueSoon(due.owner(), due.chat()));
    }

    /// Sends one that waits before its turn; the reply that runs in its chat is stopped. Once it was sent, this sends nothing more.
    ///
    /// @throws Refused where it does not wait there
    public AcceptedPrompt sendNow(String owner, String chat, String id) {
        PromptQueue.next(database, owner, chat, Optional.of(id)).ifPresent(replies::refuseUnfit); // before anything is stopped for it
        var here = new Due(owner, chat);
        held.merge(here, 1, Integer::sum);
        try {
            return stopAndSend(owner, chat, id);
        } finally {
            held.computeIfPresent(here, (_, count) -> count == 1 ? null : count - 1);
            sendDueSoon(owner, chat);
        }
    }

    private AcceptedPrompt stopAndSend(String owner, String chat, String id) {
        var queue = new PromptQueue(database, owner);
        for (int tries = 1; ; tries++) {
            queue.runningBefore(chat, id).forEach(reply -> replies.stop(owner, reply));
            try {
                return replies.startQueued(owner, chat, Optional.of(id))
                        .or(() -> queue.sent(chat, id))
                        .orElseThrow(Refused::notFound);
            } catch (Refused refused) {
                if (!refused.members().containsKey("reply") || tries == MAX_TRIES) {
                    throw refused;
                }
            }
        }
    }
}
