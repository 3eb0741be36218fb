package runnel.bench;

import java.time.Duration;
import java.util.Optional;

/// What memory streams take that are open and say little.
///
/// @param streams  how many were open
/// @param beforeKb memory before they were opened
/// @param withKb   memory while they were open, with whatever garbage there was
/// @param heapKb   live heap of each; not a number where the server is no JVM that can be looked into
record Held(int streams, double beforeKb, double withKb, double heapKb, boolean allWell) {
    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final int PER_SECOND = 500;

    double kbPerStream() {
        return (withKb - beforeKb) / streams;
    }

    static Held measure(Progress progress, Stage stage, int streams) throws InterruptedException {
        var server = stage.server();
        progress.now("letting the server rest");
        Thread.sleep(3 * SETTLE.toMillis()); // connections to the model that nobody needs any more are closed after four seconds
        double heap = liveHeap(server);
        double before = server.meter().memoryKb();
        var load = new Load(Script.of(2 * Plateau.MAX_SECONDS, 1), Optional.empty(), streams, 1, PER_SECOND);
        try (var plateau = Plateau.reach(progress, "holding streams open", server, load, stage.model())) {
            Thread.sleep(SETTLE);
            int open = Math.max(1, plateau.open());
            double with = server.meter().memoryKb();
            return new Held(open, before, with, (liveHeap(server) - heap) / 1024 / open, plateau.allWell());
        }
    }

    private static double liveHeap(Subject subject) {
        return subject.jvm().map(Jvm::liveHeapBytes).orElse(Double.NaN);
    }
}
