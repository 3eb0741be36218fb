package runnel.web.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import runnel.chat.Refused;

class BodyMemoryTest {
    private static final int LARGE = 16 << 20;

    private final List<BodyMemory> bodies = new ArrayList<>();

    @AfterEach
    void close() {
        bodies.forEach(BodyMemory::close);
    }

    private BodyMemory begin() {
        bodies.add(new BodyMemory());
        return bodies.getLast();
    }

    private Refused refusedAtLast() {
        for (long all = 0; all < Runtime.getRuntime().maxMemory(); all += LARGE) {
            try {
                begin().grow(LARGE);
            } catch (Refused refused) {
                return refused;
            }
        }
        throw new AssertionError("all of the heap is given to bodies");
    }

    @Test
    void large_bodies_at_once_are_refused_long_before_they_fill_the_heap_and_small_ones_never() {
        assertEquals(503, refusedAtLast().problem().status());
        assertTrue((long) bodies.size() * LARGE < Runtime.getRuntime().maxMemory() / 4);
        assertDoesNotThrow(() -> begin().grow(BodyMemory.PIECE - 1));
    }

    @Test
    void what_a_body_took_is_there_for_the_next() {
        refusedAtLast();
        bodies.removeFirst().close();
        var next = begin();
        for (int bytes = 0; bytes <= LARGE; bytes += 8_192) {
            next.grow(bytes);
        }
        assertThrows(Refused.class, () -> begin().grow(LARGE));
    }
}
