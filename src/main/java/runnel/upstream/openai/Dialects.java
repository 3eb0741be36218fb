package runnel.upstream.openai;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Remembers the dialects of the models that were used last, so that each model refuses a parameter once.
final class Dialects {
    private static final int MAX = 256;

    private final Map<String, Dialect> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Dialect> eldest) {
            return size() > MAX;
        }
    };

    synchronized Dialect of(String model) {
        return known.getOrDefault(model, Dialect.COMMON);
    }

    /// Changes what is known of a model; several may learn at once.
    synchronized Dialect learn(String model, UnaryOperator<Dialect> lesson) {
        return known.compute(model, (_, dialect) -> lesson.apply(dialect == null ? Dialect.COMMON : dialect));
    }
}
