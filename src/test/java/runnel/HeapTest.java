package runnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class HeapTest {
    private static final int MEGABYTE = 1 << 20;

    @Test
    void more_garbage_than_live_objects_is_collected() {
        System.gc();
        var heap = new Heap(MEGABYTE);
        var dropped = garbage((int) (2 * Heap.used() / MEGABYTE) + 64);
        assertTrue(heap.tidy());
        assertTrue(dropped.refersTo(null), "not collected");
    }

    @Test
    void a_little_garbage_is_nothing_to_stop_for() {
        System.gc();
        var heap = new Heap(256L * MEGABYTE);
        garbage(4);
        assertFalse(heap.tidy());
    }

    /// The last of so many megabytes that nobody needs.
    private static WeakReference<byte[]> garbage(int megabytes) {
        var kept = new ArrayList<byte[]>();
        for (int i = 0; i < megabytes; i++) {
            kept.add(new byte[MEGABYTE]);
        }
        assertEquals(megabytes, kept.size());
        return new WeakReference<>(kept.getLast());
    }
}
