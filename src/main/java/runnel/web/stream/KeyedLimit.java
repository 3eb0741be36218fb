package runnel.web.stream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import runnel.chat.Problem;
import runnel.chat.Refused;

/// Lets every name have so many of something and no more.
public final class KeyedLimit {
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();
    private final int most;

    public KeyedLimit(int most) {
        this.most = most;
    }

    /// @return whether there was one left
    public boolean take(String name) {
        boolean tooMany = taken.merge(name, 1, Integer::sum) > most;
        if (tooMany) {
            release(name);
        }
        return !tooMany;
    }

    /// Does something while it has one.
    ///
    /// @throws Refused `tooMany`, where none was left
    public <T> T holding(String name, Problem tooMany, Supplier<T> act) {
        if (!take(name)) {
            throw new Refused(tooMany);
        }
        try {
            return act.get();
        } finally {
            release(name);
        }
    }

    public void release(String name) {
        taken.computeIfPresent(name, (_, count) -> count > 1 ? count - 1 : null);
    }
}
