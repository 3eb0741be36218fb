package runnel.account;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Queue;

/// Whose work is done next. Those who are trusted have every other turn; of them each account has its turn, and of the rest each network,
/// so that one that sends much waits for itself.
final class FairTurns {
    static final int MAX_TRUSTED = 1_024;
    static final int MAX_OF_ACCOUNT = 16;
    static final int MAX_OTHERS = 256;
    static final int MAX_OF_NETWORK = 16;

    private final Round trusted = new Round(MAX_TRUSTED, MAX_OF_ACCOUNT);
    private final Round others = new Round(MAX_OTHERS, MAX_OF_NETWORK);
    private boolean turnOfTrusted;

    /// @return whether there was room
    synchronized boolean add(Requester requester, Runnable work) {
        return (requester.trusted() ? trusted : others).add(requester.name(), work);
    }

    /// @return nothing where nobody waits
    synchronized Optional<Runnable> next() {
        turnOfTrusted = !turnOfTrusted;
        var first = turnOfTrusted ? trusted : others;
        return first.next().or((turnOfTrusted ? others : trusted)::next);
    }

    private static final class Round {
        private final int most;
        private final int mostOfOne;
        /// The one whose turn it is comes first.
        private final LinkedHashMap<String, Queue<Runnable>> queues = new LinkedHashMap<>();
        private int waiting;

        Round(int most, int mostOfOne) {
            this.most = most;
            this.mostOfOne = mostOfOne;
        }

        boolean add(String name, Runnable work) {
            var own = queues.getOrDefault(name, new ArrayDeque<>());
            if (waiting >= most || own.size() >= mostOfOne) {
                return false;
            }
            queues.put(name, own);
            waiting++;
            return own.add(work);
        }

        Optional<Runnable> next() {
            var first = queues.pollFirstEntry();
            if (first == null) {
                return Optional.empty();
            }
            var work = first.getValue().remove();
            waiting--;
            if (!first.getValue().isEmpty()) {
                queues.put(first.getKey(), first.getValue());
            }
            return Optional.of(work);
        }
    }
}
