package runnel.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How cost grows: with the streams that are open, with the length of a reply, with the chats and messages that are stored.
final class Growth {
    private static final List<Integer> STREAMS = List.of(10, 100, 1_000, 8_000);
    private static final List<Integer> LENGTHS = List.of(1_000, 10_000, 100_000, 1_000_000);
    /// All streams together, so that only their number changes.
    private static final double TOKENS_PER_SECOND = 4_000;
    private static final int LONG_REPLIES = 40;
    private static final int LONG_REPLY_RATE = 50;
    private static final Load WARMING = Load.of(Script.of(400, 200), 40, 1);
    private static final Duration SETTLE = Duration.ofSeconds(1);
    private static final int SPARE_FILES = 200;
    private static final int MAX_WHEN_QUICK = 1_000;

    private final Options options;
    private final Progress progress;
    private final Workshop workshop;
    private final Duration time;
    private boolean allWell = true;

    Growth(Options options, Progress progress, Workshop workshop) {
        this.options = options;
        this.progress = progress;
        this.workshop = workshop;
        this.time = Duration.ofSeconds(options.quick() ? 2 : 10);
    }

    GrowthReport measure() throws IOException, InterruptedException {
        var stage = Stage.set(options, progress, workshop);
        allWell &= new Run(progress, "warming up", stage.server(), WARMING).measure().allWell();
        var curves = new ArrayList<Curve>();
        curves.add(withStreams("cpu_us_per_token_by_streams", "CPU per token", stage.server(), stage));
        if (options.nginx()) {
            curves.add(withStreams("nginx_cpu_us_per_token_by_streams", "nginx's CPU per token", stage.nginx(workshop), stage));
        }
        curves.addAll(new Library(stage.url(), options.token(), progress).measure(options.quick()));
        curves.addAll(withLength(stage));
        return new GrowthReport(curves, allWell);
    }

    private Curve withStreams(String name, String title, Subject subject, Stage stage) throws InterruptedException {
        var curve = Curve.of(name, "%s, %,.0f tokens/s in all".formatted(title, TOKENS_PER_SECOND), "streams open", "µs");
        for (int streams : STREAMS) {
            if (2 * streams + SPARE_FILES < OpenFiles.most() && !(options.quick() && streams > MAX_WHEN_QUICK)) {
                double rate = TOKENS_PER_SECOND / streams;
                var what = "%s: %,d streams".formatted(subject.name(), streams);
                curve.add(streams, cost(what, subject, stage, new Script(endless(rate), rate, 0), streams).cpu());
            }
        }
        return curve;
    }

    private List<Curve> withLength(Stage stage) throws InterruptedException {
        var cpu = Curve.of("cpu_us_per_token_by_reply_bytes", "CPU per token of a long reply", "bytes of the reply so far", "µs");
        var stored = Curve.of("data_bytes_by_text_bytes", "Growth of the database", "bytes of text stored", "bytes");
        var data = workshop.folder().resolve("data");
        boolean own = options.against().isEmpty();
        long before = own ? Workshop.size(data) : 0;
        long text = 0;
        for (int length : LENGTHS) {
            var script = new Script(endless(LONG_REPLY_RATE), LONG_REPLY_RATE, length);
            var cost = cost("replies of %,d bytes".formatted(length), stage.server(), stage, script, LONG_REPLIES);
            cpu.add(length, cost.cpu());
            text += (long) LONG_REPLIES * length + cost.textBytes();
            if (own) {
                stored.add(text, Workshop.size(data) - before);
            }
        }
        return own ? List.of(cpu, stored) : List.of(cpu);
    }

    private record Cost(double cpu, long textBytes) {}

    private Cost cost(String what, Subject subject, Stage stage, Script script, int streams) throws InterruptedException {
        var load = new Load(script, Optional.empty(), streams, 1, Math.clamp(streams / 2, 20, 500));
        try (var plateau = Plateau.reach(progress, what, subject, load, stage.model())) {
            Thread.sleep(SETTLE);
            double cpu = plateau.cpuPerToken(time);
            allWell &= plateau.allWell();
            return new Cost(cpu, plateau.counts().textBytes());
        }
    }

    /// More tokens than anybody waits for.
    private static int endless(double rate) {
        return (int) Math.ceil(2 * rate * Plateau.MAX_SECONDS);
    }
}
