package runnel.account;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Queue;

/// Whose work is done next. Those who are trusted have every other turn; of the rest each network has its turn, so that one that sends
/// much waits for itself.
final class FairTurns {
    static final int MAX_TRUSTED = 64;
    static final int MAX_OTHERS = 256;
    static final int MAX_OF_NETWORK = 16;

    private final Queue<Runnable> trusted = new ArrayDeque<>();
    /// The one whose turn it is comes first.
    private final LinkedHashMap<String, Queue<Runnable>> networks = new LinkedHashMap<>();
    private int others;
    private boolean turnOfTrusted;

    /// @return whether there was room
    synchronized boolean add(Requester requester, Runnable work) {
        if (requester.trusted()) {
            return trusted.size() < MAX_TRUSTED && trusted.add(work);
        }
        var waiting = networks.getOrDefault(requester.network(), new ArrayDeque<>());
        if (others >= MAX_OTHERS || waiting.size() >= MAX_OF_NETWORK) {
            return false;
        }
        networks.put(requester.network(), waiting);
        others++;
        return waiting.add(work);
    }

    /// @return nothing where nobody waits
    synchronized Optional<Runnable> next() {
        turnOfTrusted = !turnOfTrusted;
        return !trusted.isEmpty() && (turnOfTrusted || networks.isEmpty()) ? Optional.of(trusted.remove()) : nextOfOthers();
    }

    private Optional<Runnable> nextOfOthers() {
        var first = networks.pollFirstEntry();
        if (first == null) {
            return Optional.empty();
        }
        var work = first.getValue().remove();
        others--;
        if (!first.getValue().isEmpty()) {
            networks.put(first.getKey(), first.getValue());
        }
        return Optional.of(work);
    }
}
