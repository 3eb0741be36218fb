package runnel.web;

import io.javalin.http.Context;
import runnel.store.Database;
import runnel.store.Notifications;
import runnel.web.http.Fields;
import runnel.web.http.Json;

/// What an administrator says to everybody.
record AnnouncementRoutes(Database database) {
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
}
