package runnel.reply;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import runnel.chat.FaultLog;
import runnel.chat.Refused;
import runnel.store.Database;
import runnel.store.StoreFault;
import runnel.store.reply.AcceptedPrompt;
import runnel.store.reply.PromptQueue;
import runnel.store.reply.PromptQueue.Due;
import runnel.upstream.UpstreamException;

/// Sends what waits in chats, each prompt once: it leaves the queue in the transaction that writes its message.
public final class QueuedPrompts {
    private static final FaultLog FAULTS = new FaultLog(LoggerFactory.getLogger(QueuedPrompts.class)::error);
    private static final int MAX_TRIES = 5;
    private static final long RETRY_MILLIS = 500;
    private static final long MAX_RETRY_MILLIS = 15_000;

    private final Database database;
    private final Replies replies;
    /// The chats in which a thread looks for what is due, and how often it was called since it looked last.
    private final Map<Due, Semaphore> looking = new ConcurrentHashMap<>();
    /// The chats in which nothing else is sent, since some are being sent before their turn; how many.
    private final Map<Due, Integer> held = new ConcurrentHashMap<>();

    /// @param replies starts their replies
    QueuedPrompts(Database database, Replies replies) {
        this.database = database;
        this.replies = replies;
    }

    /// Sends the first prompt that is due in a chat and that its model can be given, if one is, on a thread of its own. Where the server
    /// is full or cannot write, or the model's does not say what it can be given, it tries again for as long as that prompt is due.
    public void sendDueSoon(String owner, String chat) {
        looking.compute(new Due(owner, chat), (here, there) -> {
            var calls = there == null ? new Semaphore(0) : there;
            calls.release();
            if (there == null) {
                Thread.ofVirtual().name("queue " + chat).start(() -> look(here, calls));
            }
            return calls;
        });
    }

    private void look(Due here, Semaphore calls) {
        for (long pause = RETRY_MILLIS; looking.computeIfPresent(here, (_, all) -> all.drainPermits() > 0 ? all : null) != null;
                pause = Math.min(2 * pause, MAX_RETRY_MILLIS)) {
            if (isStillDue(here)) {
                callAgain(calls, pause);
            }
        }
    }

    private static void callAgain(Semaphore calls, long pause) {
        try {
            calls.tryAcquire(pause, TimeUnit.MILLISECONDS);
            calls.release();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isStillDue(Due here) {
        if (!replies.takesPrompts() || held.containsKey(here)) {
            return false;
        }
        try {
            return isFitDue(here.owner(), here.chat()) && !isStarted(here);
        } catch (Refused refused) {
            return refused.mayPass(); // else another prompt was quicker, whose reply this one waits for now
        } catch (UpstreamException away) {
            return true; // its server does not say yet whether its model sees images
        } catch (StoreFault never) {
            FAULTS.tell("A prompt that waits cannot be sent.", never);
            return false;
        } catch (RuntimeException | Error fault) {
            FAULTS.tell("A prompt that waits could not be sent; trying again.", fault);
            return true;
        }
    }

    private boolean isStarted(Due here) {
        var started = replies.startQueued(here.owner(), here.chat(), Optional.empty());
        started.ifPresent(_ -> replies.totals().accepted().increment());
        return started.isPresent();
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
            return replies.totals().counted(() -> stopAndSend(owner, chat, id), AcceptedPrompt::fresh);
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
