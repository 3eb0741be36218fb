package runnel.account;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Slows down whoever tries too often: each key may try so many times at once, and then as often as tries grow back. It
/// keeps the keys that were used last; a flood of others pushes out only keys that have rested longer than the flood.
public final class RateLimit {
    private static final int MAX_KEYS = 50_000;

    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MAX_KEYS;
        }
    };
    private final int atOnce;
    private final Duration each;

    /// @param atOnce tries that a rested key has
    /// @param each   in which one grows back
    public RateLimit(int atOnce, Duration each) {
        this.atOnce = atOnce;
        this.each = each;
    }

    /// Takes a try.
    ///
    /// @return how long to wait, where there is none left
    public Optional<Duration> take(String key) {
        var probe = bucket(key).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    /// Gives back a try that was no guess.
    public void release(String key) {
        bucket(key).addTokens(1);
    }

    private synchronized Bucket bucket(String key) {
        return buckets.computeIfAbsent(key, _ -> Bucket.builder()
                .addLimit(limit -> limit.capacity(atOnce).refillGreedy(1, each)).build());
    }
}
