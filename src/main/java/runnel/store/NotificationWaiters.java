package runnel.store;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.LoggerFactory;
import runnel.chat.FaultLog;

/// Wakes those who wait for a user's notifications, once these are on disk.
public final class NotificationWaiters {
    private static final FaultLog FAULTS = new FaultLog(LoggerFactory.getLogger(NotificationWaiters.class)::error);

    private final Map<String, Set<Runnable>> waiting = new ConcurrentHashMap<>();

    /// @param wake is run on the database's thread: it must be short and must not block
    public void listen(String owner, Runnable wake) {
        waiting.compute(owner, (_, wakes) -> {
            var all = wakes == null ? ConcurrentHashMap.<Runnable>newKeySet() : wakes;
            all.add(wake);
            return all;
        });
    }

    public void leave(String owner, Runnable wake) {
        waiting.computeIfPresent(owner, (_, wakes) -> {
            wakes.remove(wake);
            return wakes.isEmpty() ? null : wakes;
        });
    }

    public void ring(String owner) {
        waiting.getOrDefault(owner, Set.of()).forEach(FAULTS::guard);
    }

    public void ringAll() {
        waiting.values().forEach(wakes -> wakes.forEach(FAULTS::guard));
    }
}
