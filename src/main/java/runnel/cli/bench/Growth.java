package runnel.cli.bench;

import java.io.IOException;
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

    private final Options options;
    private final Progress progress;
    private final Workshop workshop;
    private final int seconds;
    private boolean allWell = true;

    Growth(Options options, Progress progress, Workshop workshop) {
        this.options = options;
        this.progress = progress;
        this.workshop = workshop;
        this.seconds = options.quick() ? 2 : 10;
    }

    GrowthReport measure() throws IOException, InterruptedException {
        var stage = Stage.set(options, progress, workshop);
        run("warming up", stage.server(), Load.of(Script.of(400, 200), 40, 1));
        var curves = new ArrayList<>(List.of(withStreams(stage.server())));
        curves.addAll(withLength(stage.server()));
        curves.addAll(new Library(stage.url(), options.token(), progress).measure(options.quick()));
        return new GrowthReport(curves, allWell);
    }

    private Curve withStreams(Subject server) throws InterruptedException {
        var curve = Curve.of("cpu_us_per_token_by_streams", "CPU per token, %.0f tokens/s in all".formatted(TOKENS_PER_SECOND), "streams open", "µs");
        for (int streams : STREAMS) {
            if (2 * streams + 200 < OpenFiles.most() && !(options.quick() && streams > 1_000)) {
                double rate = TOKENS_PER_SECOND / streams;
                int perSecond = Math.clamp(streams / 2, 20, 500);
                var script = Script.of((int) Math.ceil(rate * (seconds + 2.0 * streams / perSecond)), rate);
                var measured = run(streams + " streams", server, new Load(script, Optional.empty(), streams, 1, perSecond));
                curve.add(streams, measured.steadyCpu());
            }
        }
        return curve;
    }

    private List<Curve> withLength(Subject server) throws InterruptedException {
        var cpu = Curve.of("cpu_us_per_token_by_reply_bytes", "CPU per token at the end of a long reply", "bytes of the reply so far", "µs");
        var stored = Curve.of("data_bytes_by_text_bytes", "Size of the database", "bytes of text stored", "bytes");
        long text = 0;
        for (int length : LENGTHS) {
            var script = new Script((seconds + 2) * LONG_REPLY_RATE, LONG_REPLY_RATE, length);
            var measured = run("replies of " + length / 1_000 + " kB", server, new Load(script, Optional.empty(), LONG_REPLIES, 1, LONG_REPLIES));
            cpu.add(length, measured.steadyCpu());
            text += (long) LONG_REPLIES * length + measured.counts().textBytes();
            if (options.against().isEmpty()) {
                stored.add(text, Workshop.size(workshop.folder().resolve("data")));
            }
        }
        return stored.points().isEmpty() ? List.of(cpu) : List.of(cpu, stored);
    }

    private Measured run(String what, Subject server, Load load) throws InterruptedException {
        var measured = new Run(progress, what, server, load).measure();
        allWell &= measured.allWell();
        return measured;
    }
}
