package runnel.store;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// How long something took each time since the process began, in classes.
public final class Durations {
    /// The longest time of each class, in seconds.
    public static final List<Double> CLASSES = List.of(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, Double.POSITIVE_INFINITY);

    private final LongAdder[] counts = new LongAdder[CLASSES.size()];
    private final LongAdder nanos = new LongAdder();

    public Durations() {
        Arrays.setAll(counts, _ -> new LongAdder());
    }

    void add(long took) {
        double seconds = (double) took / TimeUnit.SECONDS.toNanos(1);
        int place = 0;
        while (seconds > CLASSES.get(place)) {
            place++;
        }
        counts[place].increment();
        nanos.add(took);
    }

    /// How many there were in each class.
    public List<Long> counts() {
        return Arrays.stream(counts).map(LongAdder::sum).toList();
    }

    /// All together.
    public double seconds() {
        return (double) nanos.sum() / TimeUnit.SECONDS.toNanos(1);
    }
}
