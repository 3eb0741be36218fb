package runnel.web;

import io.javalin.http.Context;
import runnel.chat.Refused;
import runnel.reply.Replies;
import runnel.store.Database;
import runnel.web.http.Json;

/// What a supervisor asks.
record Health(Replies replies, Database database) {
    /// GET /health: the process answers.
    void live(Context ctx) {
        Json.answer(ctx, Json.object().put("status", "ok"));
    }

    /// GET /ready: prompts are taken and the database answers.
    void ready(Context ctx) {
        if (!replies.takesPrompts()) {
            throw new Refused("stopping", 503, "Stopping", "The server is restarting. Try again in a moment.");
        }
        database.check();
        Json.answer(ctx, Json.object().put("status", "ok"));
    }
}
