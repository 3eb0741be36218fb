package runnel.web;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import runnel.chat.Counts;
import runnel.reply.Replies;
import runnel.store.Database;
import runnel.web.stream.Streams;

/// `GET /metrics`: the server's figures for Prometheus. What writes them is made anew for each answer: a server that nobody
/// asks never loads it.
record Metrics(Replies replies, Streams streams, Database database, Counts problems) {
    void show(Context ctx) throws IOException {
        var text = new ByteArrayOutputStream();
        new MetricsText(replies, streams, database, problems).write(text);
        ctx.contentType(MetricsText.TYPE).result(text.toByteArray());
    }
}
