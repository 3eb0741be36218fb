package runnel.bench;

import java.time.Duration;

/// Streams that are all open at once for as long as somebody measures. Then the client leaves them and the model hangs up.
final class HeldStreams implements AutoCloseable {
    /// Their scripts must be longer than this.
    static final int MAX_SECONDS = 120;
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final int PER_SECOND = 500;

    private final Tally tally = new Tally();
    private final BenchSubject subject;
    private final Load load;
    private final ScriptedModel model;
    private final LoadClient client;
    private final Thread running;

    private HeldStreams(BenchSubject subject, Load load, ScriptedModel model) {
        this.subject = subject;
        this.load = load;
        this.model = model;
        this.client = new LoadClient(subject.target(), load, tally);
        this.running = Measured.start(client);
    }

    /// Returns when all streams of the load are open.
    static HeldStreams open(BenchSubject subject, Load load, ScriptedModel model) throws InterruptedException {
        var held = new HeldStreams(subject, load, model);
        long deadline = System.nanoTime() + Duration.ofSeconds(MAX_SECONDS).toNanos();
        while (held.tally.open() < load.streams() && held.running.isAlive() && System.nanoTime() < deadline) {
            Thread.sleep(LOOK);
        }
        return held;
    }

    /// What memory streams take that are open and say little.
    ///
    /// @param memoryKb of each, with whatever garbage there is
    /// @param heapKb   live heap of each
    record Memory(long streams, double memoryKb, double heapKb, boolean allWell) {}

    static Memory memory(BenchSetup setup, int streams) throws InterruptedException {
        var server = setup.server();
        Thread.sleep(SETTLE.multipliedBy(3)); // connections to the model that nobody needs any more are closed after some seconds
        double heap = server.liveHeapBytes();
        double before = server.meter().memoryKb();
        try (var held = open(server, new Load(Script.of(2 * MAX_SECONDS, 1), streams, 1, PER_SECOND), setup.model())) {
            Thread.sleep(SETTLE);
            long open = Math.max(1, held.tally.open());
            double with = server.meter().memoryKb();
            return new Memory(open, (with - before) / open, (server.liveHeapBytes() - heap) / 1024 / open, held.allWell());
        }
    }

    /// Microseconds of the subject's CPU per token in that time.
    double cpuPerToken(Duration time) throws InterruptedException {
        double cpu = subject.meter().cpuMicros();
        long tokens = tally.tokens.sum();
        Thread.sleep(time);
        return (subject.meter().cpuMicros() - cpu) / (tally.tokens.sum() - tokens);
    }

    long textBytes() {
        return tally.textBytes.sum();
    }

    boolean allWell() {
        return tally.allWell() && tally.open() == load.streams();
    }

    @Override
    public void close() throws InterruptedException {
        client.leave();
        running.join();
        model.cancel();
        Thread.sleep(SETTLE);
    }
}
