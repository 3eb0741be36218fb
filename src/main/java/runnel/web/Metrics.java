package runnel.web;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import runnel.chat.Counts;
import runnel.reply.Replies;
import runnel.store.Database;
import runnel.web.stream.Streams;

/// `GET /metrics`: the server's figures for Prometheus. A server that nobody asks never loads what writes them.
final class Metrics {
    private final Replies replies;
    private final Streams streams;
    private final Database database;
    private final Counts problems;
    private MetricsText metricsText;

    Metrics(Replies replies, Streams streams, Database database, Counts problems) {
        this.replies = replies;
        this.streams = streams;
        this.database = database;
        this.problems = problems;
    }

    void show(Context ctx) throws IOException {
        var text = new ByteArrayOutputStream();
        figures().write(text);
        ctx.contentType(MetricsText.TYPE).result(text.toByteArray());
    }

    private synchronized MetricsText figures() {
        if (metricsText == null) {
            metricsText = new MetricsText(replies, streams, database, problems);
        }
        return metricsText;
    }
}
