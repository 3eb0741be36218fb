package runnel.web.http;

import static java.util.Comparator.comparingLong;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The answers that wait for their clients to take more of them, each of which holds a thread and a buffer. Who takes nothing for too
/// long is cut off, and sooner where one client has many of them, or all together have too many; who takes little by little is not.
final class UnreadAnswers {
    private static final int MAX_PER_CLIENT = 20;
    private static final int MAX_IN_ALL = 500;
    /// A client that takes nothing for less than this may be busy.
    private static final long QUIET_NANOS = Duration.ofSeconds(2).toNanos();

    final Set<WatchedEndPoint> waiting = ConcurrentHashMap.newKeySet();
    private final long longestNanos;

    /// @param longest for which nothing needs to be taken
    UnreadAnswers(Duration longest) {
        this.longestNanos = longest.toNanos();
    }

    private record Unread(WatchedEndPoint connection, String client, long nanos) {}

    /// Of one client's, those go first of which nothing was taken for longest.
    void cutOff() {
        long now = System.nanoTime();
        Map<String, Integer> counts = new HashMap<>();
        waiting.stream().flatMap(each -> each.client().map(client -> new Unread(each, client, now - each.taken())).stream())
                .filter(unread -> unread.nanos >= Math.min(QUIET_NANOS, longestNanos)).sorted(comparingLong(Unread::nanos))
                .forEach(unread -> {
                    boolean many = counts.merge(unread.client, 1, Integer::sum) > MAX_PER_CLIENT
                            || counts.merge("", 1, Integer::sum) > MAX_IN_ALL;
                    if (many || unread.nanos >= longestNanos) {
                        unread.connection.cutOff();
                    }
                });
    }
}
