package runnel.web;

import io.javalin.http.Context;
import runnel.chat.Problem;
import runnel.chat.Refused;
import runnel.reply.Replies;
import runnel.store.Database;
import runnel.store.chat.Notifications;
import runnel.web.http.Fields;
import runnel.web.http.Json;

/// What a supervisor asks, and what an administrator says to everybody.
record OperationRoutes(Replies replies, Database database) {
    private static final int MAX_CHARACTERS = 1_000;
    private static final int MAX_BYTES = 12 * MAX_CHARACTERS + 1_000;

    /// POST /api/announcements
    void announce(Context ctx) {
        var fields = new Fields(Json.read(ctx, MAX_BYTES));
        var text = fields.required("text", MAX_CHARACTERS);
        fields.check();
        Notifications.announce(database, text);
        ctx.status(201);
        Json.answer(ctx, Json.object().put("text", text));
    }

    /// GET /health: the process answers.
    void live(Context ctx) {
        Json.answer(ctx, Json.object().put("status", "ok"));
    }

    /// GET /ready: prompts are taken and the database answers.
    void ready(Context ctx) {
        if (!replies.takesPrompts()) {
            throw new Refused(Problem.STOPPING);
        }
        database.check();
        Json.answer(ctx, Json.object().put("status", "ok"));
    }
}
