package runnel.store;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;
import runnel.chat.FaultLog;

/// What is to be done when a transaction is on disk.
final class AfterCommit {
    private static final FaultLog FAULTS = new FaultLog(LoggerFactory.getLogger(AfterCommit.class)::error);

    private final List<Runnable> acts = new ArrayList<>();
    private int marked;

    void add(Runnable act) {
        acts.add(act);
    }

    void mark() {
        marked = acts.size();
    }

    void forgetBehindMark() {
        acts.subList(marked, acts.size()).clear();
    }

    void forget() {
        acts.clear();
    }

    void run() {
        acts.forEach(AfterCommit::run);
        acts.clear();
    }

    /// What was written is written, so whoever wrote it is not to hear of a failure.
    private static void run(Runnable act) {
        try {
            act.run();
        } catch (Throwable fault) { // an Error too: else a group that is on disk would be written again
            FAULTS.tell("What was to follow a commit failed.", fault);
        }
    }
}
