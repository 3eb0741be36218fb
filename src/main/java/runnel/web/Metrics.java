package runnel.web;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import runnel.chat.Counts;
import runnel.reply.Replies;
import runnel.store.Database;

/// `GET /metrics`: the server's figures for Prometheus. A server that nobody asks never loads what writes them.
final class Metrics {
    private final Replies replies;
    private final Streams streams;
    private final Database database;
    private final Counts problems;
    private Figures figures;

    Metrics(Replies replies, Streams streams, Database database, Counts problems) {
        this.replies = replies;
        this.streams = streams;
        this.database = database;
        this.problems = problems;
    }

    void show(Context ctx) throws IOException {
        var text = new ByteArrayOutputStream();
        figures().write(text);
        ctx.contentType(Figures.TYPE).result(text.toByteArray());
    }

    private synchronized Figures figures() {
        if (figures == null) {
            figures = new Figures(replies, streams, database, problems);
        }
        return figures;
    }
}
