package runnel.reply;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import runnel.chat.End;
import runnel.chat.Problem;
import runnel.store.StoreException;
import runnel.store.StoredReplies;

/// Ends replies: first in the database, then for the readers, so that nobody is told of an end that a crash takes back.
final class ReplyEndings {
    private static final Logger LOG = LoggerFactory.getLogger(ReplyEndings.class);
    private static final long RETRY_MILLIS = 1_000;
    private static final Problem NOT_STORED = new Problem("not-stored", 503, "The reply could not be stored",
            "The server's disk or database refused to store this reply. It is kept in memory and will be stored as soon as that works.");

    private final StoredReplies stored;

    ReplyEndings(StoredReplies stored) {
        this.stored = stored;
    }

    /// Returns when the end is stored. Where the database refuses, readers are told so at once, and it is tried until it works.
    void end(LiveReply live, End end) {
        var text = live.finished();
        try {
            stored.end(live.reply(), text, end);
            live.end(end);
        } catch (StoreException refused) {
            LOG.error("A reply could not be stored; trying again until it works.", refused);
            live.end(End.failed(NOT_STORED));
            retry(live);
        }
    }

    private void retry(LiveReply live) {
        while (true) {
            try {
                Thread.sleep(RETRY_MILLIS);
                stored.end(live.reply(), live.now(), End.failed(NOT_STORED));
                return;
            } catch (StoreException refused) {
                LOG.debug("A reply still cannot be stored.", refused);
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }
}
