package runnel.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistogramTest {
    private final Histogram histogram = new Histogram();

    @Test
    void small_numbers_are_kept_as_they_are() {
        for (int value = 1; value <= 100; value++) {
            histogram.add(value);
        }
        assertEquals(1, histogram.percentile(0));
        assertEquals(50, histogram.percentile(50));
        assertEquals(99, histogram.percentile(99));
        assertEquals(100, histogram.percentile(100));
    }

    @Test
    void a_percentile_is_at_most_two_hundredths_above_the_true_one_and_never_below_it() {
        var values = new Random(4).longs(20_000, 0, Long.MAX_VALUE).map(value -> value >> (value & 63)).toArray();
        Arrays.stream(values).forEach(histogram::add);
        Arrays.sort(values);
        for (double percent : new double[] {1, 25, 50, 90, 99, 99.9, 100}) {
            double exact = values[(int) Math.ceil(values.length * percent / 100) - 1];
            double found = histogram.percentile(percent);
            assertTrue(found >= exact && found <= exact * 1.02, () -> percent + " %: " + found + " for " + exact);
        }
    }

    @Test
    void nothing_has_no_percentile() {
        assertTrue(Double.isNaN(histogram.percentile(50)));
    }

    @Test
    void less_than_nothing_counts_as_nothing() {
        histogram.add(-3);
        assertEquals(0, histogram.percentile(50));
    }
}
