package runnel.bench;

import java.io.IOException;
import java.util.Optional;

/// The ordinary measurement: the model alone, the server in front of it, nginx in the server's place, and streams that
/// are held open.
final class Course {
    private static final int WARMING_STREAMS = 40;
    private static final int WARMING_RATE = 200;
    private static final int WARMINGS = 2;

    private final Options options;
    private final Progress progress;
    private final Workshop workshop;

    Course(Options options, Progress progress, Workshop workshop) {
        this.options = options;
        this.progress = progress;
        this.workshop = workshop;
    }

    CostReport measure() throws IOException, InterruptedException {
        var stage = Stage.set(options, progress, workshop);
        boolean stamped = options.model().isEmpty();
        var direct = stamped ? Optional.of(measure("the model alone", stage.direct())) : Optional.<Measured>empty();
        var server = measure("the server", stage.server());
        var nginx = options.nginx() && stamped ? Optional.of(measure("nginx", stage.nginx(workshop))) : Optional.<Measured>empty();
        boolean holding = stamped && options.held() > 0;
        var held = holding ? Optional.of(Held.measure(progress, stage, options.held())) : Optional.<Held>empty();
        return new CostReport(options.load(), stage, direct, server, nginx, held);
    }

    private Measured measure(String what, Subject subject) throws InterruptedException {
        if (options.model().isEmpty()) {
            warm(what, subject);
        }
        return new Run(progress, what, subject, options.load()).measure();
    }

    /// What is not compiled yet costs a third more.
    private void warm(String what, Subject subject) throws InterruptedException {
        var load = Load.of(Script.of(options.quick() ? WARMING_RATE / 2 : 2 * WARMING_RATE, WARMING_RATE), WARMING_STREAMS, 1);
        for (int round = 0; round < WARMINGS; round++) {
            new Run(progress, "warming up " + what, subject, load).measure();
        }
    }
}
