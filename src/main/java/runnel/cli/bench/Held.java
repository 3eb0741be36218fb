package runnel.cli.bench;

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
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int MOST_SECONDS = 60;
    private static final int MOST_PER_SECOND = 500;

    double kbPerStream() {
        return (withKb - beforeKb) / streams;
    }

    static Held measure(Progress progress, Subject subject, int streams) throws InterruptedException {
        progress.now("letting the server rest");
        Thread.sleep(3 * SETTLE.toMillis()); // connections to the model that nobody needs any more are closed after four seconds
        double heap = liveHeap(subject);
        double before = subject.meter().memoryKb();
        var load = new Load(Script.of(2 * MOST_SECONDS, 1), Optional.empty(), streams, 1, MOST_PER_SECOND);
        var run = new Run(progress, "holding streams open", subject, load);
        var client = run.start();
        awaitAll(run, client, streams);
        Thread.sleep(SETTLE);
        int open = Math.max(1, run.now().open());
        double with = subject.meter().memoryKb();
        double heapWith = liveHeap(subject);
        run.leave(client);
        return new Held(open, before, with, (heapWith - heap) / 1024 / open, run.now().allWell() && open == streams);
    }

    private static void awaitAll(Run run, Thread client, int streams) throws InterruptedException {
        for (int look = 0; look < MOST_SECONDS * 10 && client.isAlive() && run.now().open() < streams; look++) {
            Thread.sleep(LOOK);
            run.show();
        }
    }

    private static double liveHeap(Subject subject) {
        return subject.jvm().map(Jvm::liveHeapBytes).orElse(Double.NaN);
    }
}
