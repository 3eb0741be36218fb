package runnel.bench;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What streams cost, as tables: what each run has shown, then what follows from all of them.
final class CostReport {
    private final Load load;
    private final List<Measured> runs;
    private final Table table;

    private CostReport(Load load, List<Measured> runs) {
        this.load = load;
        this.runs = runs;
        this.table = new Table(Stream.concat(Stream.of(""), runs.stream().map(run -> run.subject().name())).toList());
    }

    /// @param runs the model alone, the server, and nginx if it was measured
    static String of(Load load, BenchSetup setup, List<Measured> runs, Optional<HeldStreams.Memory> held) {
        var report = new CostReport(load, runs);
        report.tokens();
        report.cost();
        report.latency();
        var heading = "%,d streams of %,d tokens at %.0f/s, readers of each: %,d, model by %s".formatted(load.streams(),
                load.script().tokens(), load.script().rate(), load.readers(), setup.tls().isPresent() ? "https and HTTP/2" : "http");
        var complaints = runs.stream().flatMap(run -> run.tally().complaint().stream()).map(why -> "\n" + why + "\n")
                .collect(Collectors.joining());
        return heading + "\n\n" + report.table + "\n" + report.whole(setup, held) + complaints;
    }

    private void row(String name, int digits, ToDoubleFunction<Measured> figure) {
        table.row(name, digits, runs.stream().mapToDouble(figure).toArray());
    }

    private void tokens() {
        row("tokens", 0, run -> run.tally().tokens.sum());
        row("lost", 0, run -> run.tally().lost.sum());
        row("doubled", 0, run -> run.tally().doubled.sum());
        row("streams that failed", 0, run -> run.tally().failed.sum());
        row("tokens/s", 0, run -> run.tally().tokens.sum() / run.seconds());
        row("events/token", 3, run -> run.perToken(run.tally().events.sum()));
    }

    private void cost() {
        row("CPU, µs/token", 2, Measured::cpuPerToken);
        row("the bench's own CPU, µs/token", 2, run -> run.perToken(run.benchCpu()));
        row("allocated, bytes/token", 0, run -> run.perToken(run.used().allocatedBytes()));
        row("written to disk, bytes/byte of text", 1,
                run -> run.used().writtenBytes() * load.readers() / run.tally().textBytes.sum());
        row("memory at most, MB", 1, run -> run.memoryKb() / 1024);
    }

    private void latency() {
        row("latency p50, ms", 2, run -> run.tally().latencyMillis(50));
        row("latency p99, ms", 2, run -> run.tally().latencyMillis(99));
        row("first token p50, ms", 2, run -> run.tally().firstTokenMillis(50));
        row("first token p99, ms", 2, run -> run.tally().firstTokenMillis(99));
    }

    private Table whole(BenchSetup setup, Optional<HeldStreams.Memory> held) {
        var direct = runs.getFirst().tally();
        var server = runs.get(1).tally();
        var whole = new Table(List.of("", runs.get(1).subject().name()));
        whole.row("added latency p50, ms", 2, server.latencyMillis(50) - direct.latencyMillis(50));
        whole.row("added latency p99, ms", 2, server.latencyMillis(99) - direct.latencyMillis(99));
        whole.row("added to the first token p50, ms", 2, server.firstTokenMillis(50) - direct.firstTokenMillis(50));
        runs.stream().skip(2).forEach(nginx -> whole.row("CPU per token ÷ nginx's", 2, runs.get(1).cpuPerToken() / nginx.cpuPerToken()));
        whole.row("start until ready, ms", 0, setup.readyMillis());
        whole.row("idle memory, MB", 1, setup.idleKb() / 1024);
        held.ifPresent(streams -> {
            whole.row("streams held open", 0, streams.streams());
            whole.row("memory per stream, KB", 1, streams.memoryKb());
            whole.row("live heap per stream, KB", 1, streams.heapKb());
        });
        return whole;
    }
}
