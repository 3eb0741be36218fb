package runnel.web;

import io.javalin.http.Context;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Supplier;
import runnel.chat.Counts;
import runnel.reply.Replies;
import runnel.store.Database;
import runnel.store.Durations;
import runnel.store.StoreException;
import runnel.web.stream.Streams;

/// `GET /metrics`: the server's figures in Prometheus's text format 0.0.4, read when they are asked for from what the server counts
/// anyhow. Labels are the program's own words: nothing that people sent or are called, and never more than some dozens. It is made
/// anew for each answer: a server that nobody asks never loads it.
final class Metrics {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    /// @param problems how often each problem was answered
    Metrics(Replies replies, Streams streams, Database database, Counts problems) {
        var totals = replies.totals();
        gauge("runnel_replies_running", "Replies that are running.", replies::running);
        counter("runnel_prompts_accepted", "Requests for a reply that started one.", totals.accepted()::sum);
        counters("runnel_prompts_refused", "Well-formed requests for a reply that were refused.", "problem", totals.refused());
        counters("runnel_replies_ended", "Replies that ended.", "status", totals.ended());
        counters("runnel_replies_failed", "Replies that failed, also by a failure of the model's server.", "problem", totals.failed());
        counters("runnel_tokens", "Tokens of ended replies and relays, as the model's server counted them.", "kind", totals.tokens());
        counters("runnel_relays_ended", "Requests that were passed on to the model's server as they came, by what it did.", "outcome",
                replies.relays().ended());
        counter("runnel_reply_bytes", "UTF-8 that models wrote, of ended replies.", totals.bytes()::sum);
        counters("runnel_problems", "Requests that were answered with a problem.", "problem", problems);
        streams(streams);
        registry.register(() -> histogram(database.writing()));
        size(database);
        jvm();
    }

    private void gauge(String name, String help, Supplier<Number> value) {
        GaugeWithCallback.builder().name(name).help(help).callback(point -> point.call(value.get().doubleValue())).register(registry);
    }

    private void counter(String name, String help, Supplier<Number> value) {
        CounterWithCallback.builder().name(name).help(help).callback(point -> point.call(value.get().doubleValue())).register(registry);
    }

    private void counters(String name, String help, String label, Counts counts) {
        CounterWithCallback.builder().name(name).help(help).labelNames(label)
                .callback(point -> counts.now().forEach((value, count) -> point.call(count, value))).register(registry);
    }

    private void streams(Streams streams) {
        GaugeWithCallback.builder().name("runnel_streams_open").help("Readers that are connected.").labelNames("transport")
                .callback(point -> streams.byTransport().forEach((transport, open) -> point.call(open, transport))).register(registry);
    }

    private static HistogramSnapshot histogram(Durations took) {
        return HistogramSnapshot.builder().name("runnel_write_seconds").unit(Unit.SECONDS)
                .help("Transactions of the database's writer, from their begin to the end of the commit.")
                .dataPoint(HistogramDataPointSnapshot.builder().sum(took.seconds())
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(Durations.CLASSES, took.counts())).build())
                .build();
    }

    /// Where the database does not answer, the figure is left out and the others are there.
    private void size(Database database) {
        GaugeWithCallback.builder().name("runnel_database_bytes").help("The database, without its write-ahead log.").callback(point -> {
            try {
                point.call(database.bytes());
            } catch (StoreException refused) {
                // said by the log and by /ready
            }
        }).register(registry);
    }

    private void jvm() {
        JvmMemoryMetrics.builder().register(registry);
        JvmGarbageCollectorMetrics.builder().register(registry);
        JvmThreadsMetrics.builder().register(registry);
        ProcessMetrics.builder().register(registry);
    }

    void answer(Context ctx) throws IOException {
        var text = new ByteArrayOutputStream();
        writer.write(text, registry.scrape());
        ctx.contentType(PrometheusTextFormatWriter.CONTENT_TYPE).result(text.toByteArray());
    }
}
