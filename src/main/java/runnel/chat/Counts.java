package runnel.chat;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// How often each of a few things has happened since the process began. The names are the program's own, never what
/// somebody sent, so that there are few of them.
public final class Counts {
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    public void add(String name) {
        add(name, 1);
    }

    public void add(String name, long many) {
        counts.computeIfAbsent(name, _ -> new LongAdder()).add(many);
    }

    public Map<String, Long> now() {
        var now = new TreeMap<String, Long>();
        counts.forEach((name, count) -> now.put(name, count.sum()));
        return now;
    }
}
