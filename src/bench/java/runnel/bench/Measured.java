package runnel.bench;

import java.time.Duration;

/// One run and what it cost.
///
/// @param seconds  from the first question to the last end
/// @param used     what the subject has used in all
/// @param benchCpu microseconds of CPU that the bench itself has used, its model and its client
/// @param memoryKb the most memory that the subject had
record Measured(BenchSubject subject, Tally tally, double seconds, BenchSubject.Used used, double benchCpu, double memoryKb) {
    private static final Duration LOOK = Duration.ofSeconds(1);

    /// Puts a load on a subject and waits for its end.
    static Measured of(BenchSubject subject, Load load) throws InterruptedException {
        var tally = new Tally();
        var client = new LoadClient(subject.target(), load, tally);
        var before = subject.usedBefore();
        double ownBefore = Meter.ownCpuMicros();
        long began = System.nanoTime();
        double memory = memory(subject, start(client));
        double seconds = (System.nanoTime() - began) / 1e9;
        return new Measured(subject, tally, seconds, subject.usedAfter().since(before), Meter.ownCpuMicros() - ownBefore, memory);
    }

    static Thread start(LoadClient client) {
        return Thread.ofPlatform().daemon().name("load").start(() -> {
            try {
                client.run();
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static double memory(BenchSubject subject, Thread load) throws InterruptedException {
        double most = Double.NaN;
        while (!load.join(LOOK)) {
            double kb = subject.meter().memoryKb();
            most = Double.isNaN(most) ? kb : Math.max(most, kb);
        }
        return most;
    }

    double perToken(double all) {
        return all / tally.tokens.sum();
    }

    /// The subject's own, in microseconds.
    double cpuPerToken() {
        return perToken(used.cpuMicros());
    }
}
