package runnel.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JvmTest {
    private static final int MEGABYTE = 1 << 20;
    private static final List<byte[]> KEPT = new ArrayList<>();

    private static void allocate() {
        KEPT.clear();
        KEPT.add(new byte[MEGABYTE]);
    }

    @Test
    void what_virtual_threads_allocate_is_counted_once() throws InterruptedException {
        try (var jvm = new Jvm(Optional.empty(), ManagementFactory.getPlatformMBeanServer())) {
            double before = jvm.allocatedBytes();
            for (int thread = 0; thread < 100; thread++) {
                Thread.ofVirtual().start(JvmTest::allocate).join();
            }
            double megabytes = (jvm.allocatedBytes() - before) / MEGABYTE;
            assertTrue(megabytes >= 100 && megabytes < 110, () -> megabytes + " MB counted for 100");
        }
    }

    @Test
    void what_a_thread_has_allocated_is_counted_after_its_end() throws InterruptedException {
        try (var jvm = new Jvm(Optional.empty(), ManagementFactory.getPlatformMBeanServer())) {
            double before = jvm.allocatedBytes();
            Thread.ofPlatform().start(() -> {
                for (int round = 0; round < 50; round++) {
                    allocate();
                }
            }).join();
            double megabytes = counted(jvm, before);
            assertTrue(megabytes >= 50 && megabytes < 60, () -> megabytes + " MB counted for 50");
        }
    }

    /// A thread that has just ended is for a moment neither among the living nor among the ended ones.
    private static double counted(Jvm jvm, double before) throws InterruptedException {
        double megabytes = 0;
        for (int look = 0; look < 500 && megabytes < 50; look++) {
            Thread.sleep(10);
            megabytes = (jvm.allocatedBytes() - before) / MEGABYTE;
        }
        return megabytes;
    }
}
