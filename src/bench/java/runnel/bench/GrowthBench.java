package runnel.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;

/// How cost grows: with the streams that are open, with the length of a reply, with the chats and messages that are stored.
final class GrowthBench {
    private static final List<Integer> STREAMS = List.of(10, 100, 1_000, 8_000);
    private static final List<Integer> LENGTHS = List.of(1_000, 10_000, 100_000, 1_000_000);
    /// All streams together, so that only their number changes.
    private static final double TOKENS_PER_SECOND = 4_000;
    private static final int LONG_REPLIES = 40;
    private static final int LONG_REPLY_RATE = 50;
    private static final Load WARMUP = Load.of(Script.of(400, 200), 40, 1);
    private static final Duration SETTLE = Duration.ofSeconds(1);
    private static final int SPARE_FILES = 200;
    private static final int MAX_WHEN_QUICK = 1_000;

    private final Bench options;
    private final BenchFolder folder;
    private final Duration time;
    private boolean allWell = true;

    GrowthBench(Bench options, BenchFolder folder) {
        this.options = options;
        this.folder = folder;
        this.time = Duration.ofSeconds(options.quick() ? 2 : 10);
    }

    /// Whether all tokens came once and in order.
    boolean run() throws IOException, InterruptedException {
        var setup = BenchSetup.start(folder, options.tls());
        allWell &= Measured.of(setup.server(), WARMUP).tally().allWell();
        withStreams(setup.server(), setup);
        if (options.nginx()) {
            withStreams(setup.nginx(folder), setup);
        }
        new ChatLibrary(setup.server().target().url(), options).measure();
        withLength(setup);
        return allWell;
    }

    private void withStreams(BenchSubject subject, BenchSetup setup) throws InterruptedException {
        var table = new Table(List.of("streams open", subject.name() + ", CPU, µs/token at %,.0f/s in all".formatted(TOKENS_PER_SECOND)));
        for (int streams : STREAMS) {
            if (2 * streams + SPARE_FILES < maxOpenFiles() && !(options.quick() && streams > MAX_WHEN_QUICK)) {
                options.progress("%s: %,d streams".formatted(subject.name(), streams));
                double rate = TOKENS_PER_SECOND / streams;
                try (var held = held(subject, setup, new Script(endless(rate), rate, 0), streams)) {
                    table.row("%,d".formatted(streams), 2, cpu(held));
                }
            }
        }
        options.print(table + "\n");
    }

    private void withLength(BenchSetup setup) throws InterruptedException {
        var table = new Table(List.of("bytes of the reply so far", "CPU, µs/token", "bytes of text", "growth of the data"));
        var data = folder.path().resolve("data");
        long before = BenchFolder.size(data);
        long text = 0;
        for (int length : LENGTHS) {
            options.progress("replies of %,d bytes".formatted(length));
            try (var held = held(setup.server(), setup, new Script(endless(LONG_REPLY_RATE), LONG_REPLY_RATE, length), LONG_REPLIES)) {
                double cpu = cpu(held);
                text += (long) LONG_REPLIES * length + held.textBytes();
                table.row("%,d".formatted(length), 2, cpu, text, BenchFolder.size(data) - before);
            }
        }
        options.print(table + "\n");
    }

    private static HeldStreams held(BenchSubject subject, BenchSetup setup, Script script, int streams) throws InterruptedException {
        return HeldStreams.open(subject, new Load(script, streams, 1, Math.clamp(streams / 2, 20, 500)), setup.model());
    }

    private double cpu(HeldStreams held) throws InterruptedException {
        Thread.sleep(SETTLE);
        double cpu = held.cpuPerToken(time);
        allWell &= held.allWell();
        return cpu;
    }

    /// More tokens than anybody waits for.
    private static int endless(double rate) {
        return (int) Math.ceil(2 * rate * HeldStreams.MAX_SECONDS);
    }

    private static long maxOpenFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount() : Long.MAX_VALUE;
    }
}
