package runnel.reply;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.LoggerFactory;
import runnel.chat.End;
import runnel.chat.FaultLog;
import runnel.chat.Problem;
import runnel.chat.Refused;
import runnel.chat.Status;
import runnel.store.StoreFault;
import runnel.store.reply.StoredReplies;

/// Ends replies: first in the database, then for the readers, so that nobody is told of an end that a crash takes back.
record ReplyEndings(StoredReplies stored) {
    private static final FaultLog FAULTS = new FaultLog(LoggerFactory.getLogger(ReplyEndings.class)::error);
    private static final long RETRY_MILLIS = 1_000;
    private static final long MAX_RETRY_MILLIS = 5_000;
    private static final int QUIET_TRIES = 3;
    private static final Problem NOT_STORED = new Problem("not-stored", 503, "The reply could not be stored",
            "The server's disk or database refused this reply when it ended. It is kept in memory until it is stored.");
    private static final Problem LOST = new Problem("not-stored", 500, "The reply could not be stored",
            "The database does not accept this reply. Only what was stored before is kept. The server's log says more.");

    /// Returns when the end is stored, or never can be. Where it cannot be stored for some seconds (a lock, no room, no memory)
    /// readers are told so, and it is stored as they were told: it is tried again until it works.
    void end(LiveReply live, End wanted) {
        var end = wanted;
        long pause = RETRY_MILLIS;
        for (int tried = 1; !isStored(live, end); tried++, pause = Math.min(2 * pause, MAX_RETRY_MILLIS)) {
            try {
                if (tried >= QUIET_TRIES) {
                    end = live.now().end().orElseGet(() -> new End(Status.FAILED, Optional.empty(), wanted.usage(), Optional.of(NOT_STORED)));
                    tell(live, end);
                }
                Thread.sleep(pause);
            } catch (InterruptedException stopped) {
                return;
            } catch (OutOfMemoryError later) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
            }
        }
    }

    /// Why a chat takes no prompt whose reply has ended for its readers.
    static Refused notStoredYet(ReplyText ended) {
        return Refused.conflict("chat-busy", "The last reply of this chat is not stored yet, since the server's disk or database refuses it. "
                + "Send this again in a moment.", Map.of("reply", ended.reply().id()));
    }

    private boolean isStored(LiveReply live, End end) {
        try {
            store(live, end);
            tell(live, end);
            return true;
        } catch (RuntimeException | Error refused) {
            log("A reply could not be stored; trying again until it works.", refused);
            return false;
        }
    }

    private void store(LiveReply live, End end) {
        try {
            var text = live.finished();
            if (!live.reply().isStored()) {
                tell(live, end); // of which only the tokens are counted
            }
            stored.end(live.reply(), text, end);
        } catch (StoreFault never) {
            tell(live, End.failed(LOST));
            log("A reply could not be stored, and never will be.", never);
            giveUp(live);
        }
    }

    /// Whoever looks for the reply later ends it where that does not work now either.
    private void giveUp(LiveReply live) {
        try {
            stored.giveUp(live.reply(), live.now().end().orElseThrow());
        } catch (StoreFault neither) {
            log("Nor could its end.", neither);
        }
    }

    private static void log(String what, Throwable refused) {
        FAULTS.guard(() -> FAULTS.tell(what, refused));
    }

    private static void tell(LiveReply live, End end) {
        if (live.now().end().isEmpty()) {
            live.end(end);
        }
    }
}
