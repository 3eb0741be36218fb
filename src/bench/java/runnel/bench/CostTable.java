package runnel.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The figures of a [CostReport] for people: what each run has shown, then what follows from all of them.
final class CostTable {
    private final CostReport report;
    private final Table runs;

    private CostTable(CostReport report) {
        this.report = report;
        this.runs = new Table(Stream.concat(Stream.of(""), report.runs().map(run -> run.subject().name())).toList());
    }

    static String of(CostReport report) {
        var load = report.load();
        var table = new CostTable(report);
        table.tokens();
        table.cost();
        table.latency();
        var heading = "%,d streams of %,d tokens at %.0f/s, readers of each: %,d".formatted(load.streams(), load.script().tokens(),
                load.script().rate(), load.readers());
        var complaints = report.runs().flatMap(run -> run.complaint().stream()).map(why -> "\n" + why + "\n").collect(Collectors.joining());
        return heading + "\n\n" + table.runs + "\n" + table.whole() + complaints;
    }

    private void row(String name, int digits, ToDoubleFunction<Measured> figure) {
        runs.row(name, digits, report.runs().mapToDouble(figure).toArray());
    }

    private void tokens() {
        row("tokens", 0, Measured::tokens);
        row("lost", 0, run -> run.counts().lost());
        row("doubled", 0, run -> run.counts().doubled());
        row("streams that failed", 0, run -> run.counts().failed());
        row("tokens/s", 0, Measured::tokensPerSecond);
        row("events/token", 3, run -> run.perToken(run.counts().events()));
    }

    private void cost() {
        row("CPU, µs/token", 2, Measured::cpuPerToken);
        row("  while all streams ran", 2, Measured::steadyCpu);
        row("  ÷ the bench's own", 2, Measured::perBench);
        row("the bench's own CPU, µs/token", 2, run -> run.perToken(run.benchCpu()));
        row("allocated, bytes/token", 0, run -> run.perToken(run.used().allocatedBytes()));
        row("written to disk, bytes/byte of text", 1, Measured::writtenPerByte);
        row("memory at most, MB", 1, run -> run.memoryKb() / 1024);
    }

    private void latency() {
        row("latency p50, ms", 2, run -> run.latencyMillis(50));
        row("latency p99, ms", 2, run -> run.latencyMillis(99));
        row("first token p50, ms", 2, run -> run.firstTokenMillis(50));
        row("first token p99, ms", 2, run -> run.firstTokenMillis(99));
    }

    private Table whole() {
        var table = new Table(List.of("", report.server().subject().name()));
        table.row("added latency p50, ms", 2, report.addedLatency(50));
        table.row("added latency p99, ms", 2, report.addedLatency(99));
        table.row("added to the first token p50, ms", 2, report.addedToFirstToken(50));
        table.row("CPU per token ÷ nginx's", 2, report.toNginx());
        table.row("start until ready, ms", 0, report.stage().readyMillis());
        table.row("idle memory, MB", 1, report.stage().idleKb() / 1024);
        report.held().ifPresent(held -> {
            table.row("streams held open", 0, held.streams());
            table.row("memory per stream, KB", 1, held.kbPerStream());
            table.row("live heap per stream, KB", 1, held.heapKb());
        });
        return table;
    }
}
