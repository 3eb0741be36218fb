package runnel.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdTest {
    @Test
    void ids_sort_in_the_order_of_their_making() {
        var ids = Stream.generate(Id::next).limit(100_000).toList();
        assertEquals(ids.stream().sorted().toList(), ids);
    }

    @Test
    void ids_of_many_threads_are_all_different_and_in_order_within_each() throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            Callable<List<String>> making = () -> Stream.generate(Id::next).limit(10_000).toList();
            var all = new HashSet<String>();
            for (var made : threads.invokeAll(new ArrayList<>(List.of(making, making, making, making, making, making, making, making)))) {
                assertEquals(made.get().stream().sorted().toList(), made.get());
                all.addAll(made.get());
            }
            assertEquals(80_000, all.size());
        }
    }

    @Test
    void an_id_is_a_uuid_of_version_7() {
        var id = UUID.fromString(Id.next());
        assertEquals(7, id.version());
        assertEquals(2, id.variant());
    }

    @Test
    void an_epoch_is_53_bits() {
        assertTrue(Stream.generate(Id::epoch).limit(10_000).allMatch(epoch -> epoch >= 0 && epoch < 1L << 53));
    }
}
