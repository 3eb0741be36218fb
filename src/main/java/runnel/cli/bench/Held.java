package runnel.cli.bench;

import java.time.Duration;

/// Holds streams open that say little, to see what memory each of them takes.
///
/// @param streams  how many were open
/// @param beforeKb memory before they were opened
/// @param withKb   memory while they were open, with whatever garbage there was
/// @param heapKb   live heap of each; not a number where the server is no JVM that can be looked into
record Held(int streams, double beforeKb, double withKb, double heapKb, boolean allWell) {
    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final int LONGEST_SECONDS = 60;

    double kbPerStream() {
        return (withKb - beforeKb) / streams;
    }

    static Held measure(Progress progress, Subject subject, int streams) throws InterruptedException {
        int perSecond = Math.max(200, Math.min(500, streams / 2));
        var script = Script.of(2 + streams / perSecond + (int) (2 * SETTLE.toSeconds()), 1);
        var load = new Load(script, java.util.Optional.empty(), streams, 1, perSecond);
        double heapBefore = liveHeap(subject);
        double before = subject.meter().memoryKb();
        var run = new Run(progress, "holding streams open", subject, load);
        var client = run.start();
        int open = awaitAll(run, client, load);
        Thread.sleep(SETTLE);
        double with = subject.meter().memoryKb();
        double heap = (liveHeap(subject) - heapBefore) / 1024 / Math.max(1, open);
        client.join();
        return new Held(open, before, with, heap, run.tally().now().allWell());
    }

    private static int awaitAll(Run run, Thread client, Load load) throws InterruptedException {
        int most = 0;
        for (int look = 0; look < LONGEST_SECONDS * 10 && client.isAlive() && most < load.allReaders(); look++) {
            Thread.sleep(100);
            run.show(run.tally().now());
            most = Math.max(most, run.tally().now().open());
        }
        return most;
    }

    private static double liveHeap(Subject subject) {
        return subject.jvm().map(Jvm::liveHeapBytes).orElse(Double.NaN);
    }
}
