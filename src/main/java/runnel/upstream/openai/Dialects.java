package runnel.upstream.openai;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import runnel.upstream.Lessons;

/// Remembers the dialects of the models that were used last, so that each model refuses a parameter once.
final class Dialects {
    private static final int MAX = 256;

    private final Map<String, Dialect> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Dialect> eldest) {
            return size() > MAX;
        }
    };

    private volatile BiConsumer<String, Dialect> keeper = (_, _) -> {};

    /// Begins with what was learned before, and keeps what is learned from now on.
    synchronized void keepIn(Lessons lessons, String server) {
        keeper = (model, dialect) -> lessons.keep(server, model, dialect.written());
        known.forEach(keeper);
        lessons.of(server).forEach((model, lesson) -> known.putIfAbsent(model, Dialect.read(lesson)));
    }

    synchronized Dialect of(String model) {
        return known.getOrDefault(model, Dialect.COMMON.thinkingFirst(ThinkTag.mayThinkFirst(model)));
    }

    /// Changes what is known of a model; several may learn at once, and none waits for the disk where others ask.
    Dialect learn(String model, UnaryOperator<Dialect> lesson) {
        Dialect before;
        Dialect learned;
        synchronized (this) {
            before = of(model);
            learned = lesson.apply(before);
            known.put(model, learned);
        }
        if (!learned.written().equals(before.written())) {
            keeper.accept(model, learned);
        }
        return learned;
    }
}
