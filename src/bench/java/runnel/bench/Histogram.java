package runnel.bench;

/// Counts whole numbers, such as microseconds, in buckets that are at most a hundredth of their value wide.
final class Histogram {
    private static final int SIGNIFICANT = 7;
    private static final int BUCKETS = 1 << SIGNIFICANT;

    private final long[] counts = new long[(Long.SIZE - SIGNIFICANT) * BUCKETS];
    private long count;
    private long most;

    void add(long value) {
        long positive = Math.max(0, value);
        counts[bucket(positive)]++;
        count++;
        most = Math.max(most, positive);
    }

    long count() {
        return count;
    }

    long most() {
        return most;
    }

    /// The least value that at least `percent` of the values do not exceed; not a number where there are none.
    double percentile(double percent) {
        long wanted = Math.max(1, (long) Math.ceil(count * percent / 100));
        long passed = 0;
        for (int bucket = 0; bucket < counts.length && count > 0; bucket++) {
            passed += counts[bucket];
            if (passed >= wanted) {
                return Math.min(most, greatest(bucket));
            }
        }
        return Double.NaN;
    }

    /// Each doubling of the value has as many buckets as all values below the first.
    private static int bucket(long value) {
        int doublings = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(value) - SIGNIFICANT);
        return doublings == 0 ? (int) value : doublings * BUCKETS / 2 + (int) (value >> doublings);
    }

    private static long greatest(int bucket) {
        int doublings = Math.max(0, bucket / (BUCKETS / 2) - 1);
        long within = bucket - (long) doublings * BUCKETS / 2;
        return (within + 1 << doublings) - 1;
    }
}
