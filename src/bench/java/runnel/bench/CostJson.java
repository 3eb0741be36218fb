package runnel.bench;

/// The figures of a [CostReport] for programs, as docs/performance.md describes them.
final class CostJson {
    private CostJson() {}

    static String of(CostReport report) {
        var json = Figures.document("cost").yes("all_well", report.allWell());
        var load = report.load();
        json.part("load").put("streams", load.streams()).put("tokens", load.script().tokens()).put("rate", load.script().rate())
                .put("readers", load.readers());
        var runs = json.part("runs");
        report.runs().forEach(run -> run(runs.part(run.subject().name()), run));
        json.part("added_ms").put("p50", report.addedLatency(50)).put("p99", report.addedLatency(99))
                .put("first_token_p50", report.addedToFirstToken(50));
        json.put("cpu_to_nginx", report.toNginx()).put("ready_ms", report.stage().readyMillis()).put("idle_kb", report.stage().idleKb());
        report.held().ifPresent(held -> json.part("held").put("streams", held.streams()).put("kb_per_stream", held.kbPerStream())
                .put("live_heap_kb_per_stream", held.heapKb()));
        return json.toString();
    }

    private static void run(Figures json, Measured run) {
        var counts = run.counts();
        json.put("tokens", run.tokens()).put("lost", counts.lost()).put("doubled", counts.doubled()).put("failed", counts.failed())
                .put("seconds", run.seconds()).put("tokens_per_s", run.tokensPerSecond())
                .put("events_per_token", run.perToken(counts.events()))
                .put("cpu_us_per_token", run.cpuPerToken()).put("cpu_us_per_token_steady", run.steadyCpu())
                .put("bench_cpu_us_per_token", run.perToken(run.benchCpu())).put("cpu_to_bench", run.perBench())
                .put("allocated_bytes_per_token", run.perToken(run.used().allocatedBytes()))
                .put("written_bytes_per_text_byte", run.writtenPerByte()).put("memory_kb", run.memoryKb());
        percentiles(json.part("latency_ms"), run.tally().latency());
        percentiles(json.part("first_token_ms"), run.tally().firstToken());
    }

    private static void percentiles(Figures json, Histogram micros) {
        json.put("p50", micros.percentile(50) / 1e3).put("p90", micros.percentile(90) / 1e3).put("p99", micros.percentile(99) / 1e3)
                .put("max", micros.percentile(100) / 1e3);
    }
}
