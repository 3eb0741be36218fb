package runnel.chat;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Lets every name have so many of something and no more.
public final class KeyedLimit {
    private final Map<String, Integer> taken = new HashMap<>();
    private final int most;

    public KeyedLimit(int most) {
        this.most = most;
    }

    public boolean take(String name) {
        return take(name, 1);
    }

    /// @return whether there were so many left; else none is taken
    public synchronized boolean take(String name, int many) {
        int then = taken.getOrDefault(name, 0) + many;
        if (then <= most) {
            taken.put(name, then);
        }
        return then <= most;
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

    public synchronized void release(String name) {
        taken.computeIfPresent(name, (_, count) -> count > 1 ? count - 1 : null);
    }
}
