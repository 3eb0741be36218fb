package runnel.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The ordinary measurement: the model alone, the server in front of it, nginx in the server's place, and streams that are held open.
final class StandardBench {
    private static final int WARMUP_STREAMS = 40;
    private static final int WARMUP_RATE = 200;
    private static final int WARMUPS = 2;

    private final Bench options;
    private final BenchFolder folder;

    StandardBench(Bench options, BenchFolder folder) {
        this.options = options;
        this.folder = folder;
    }

    /// Whether all tokens came once and in order.
    boolean run() throws IOException, InterruptedException {
        var setup = BenchSetup.start(folder, options.tls());
        var runs = new ArrayList<Measured>();
        runs.add(measure(setup.direct()));
        runs.add(measure(setup.server()));
        if (options.nginx()) {
            runs.add(measure(setup.nginx(folder)));
        }
        options.progress("holding streams open");
        var held = options.held() > 0 ? Optional.of(HeldStreams.memory(setup, options.held())) : Optional.<HeldStreams.Memory>empty();
        options.print(CostReport.of(options.load(), setup, List.copyOf(runs), held));
        return runs.stream().allMatch(run -> run.tally().allWell()) && held.map(HeldStreams.Memory::allWell).orElse(true);
    }

    private Measured measure(BenchSubject subject) throws InterruptedException {
        options.progress("warming up: " + subject.name());
        var load = Load.of(Script.of(options.quick() ? WARMUP_RATE / 2 : 2 * WARMUP_RATE, WARMUP_RATE), WARMUP_STREAMS, 1);
        for (int round = 0; round < WARMUPS; round++) { // what is not compiled yet costs a third more
            Measured.of(subject, load);
        }
        options.progress("measuring: " + subject.name());
        return Measured.of(subject, options.load());
    }
}
