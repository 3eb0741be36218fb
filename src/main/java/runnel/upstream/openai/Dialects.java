package runnel.upstream.openai;

import java.util.LinkedHashMap;
import java.util.Map;

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

    synchronized void learn(String model, Dialect dialect) {
        known.put(model, dialect);
    }
}
