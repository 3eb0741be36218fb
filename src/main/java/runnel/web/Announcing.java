package runnel.web;

import io.javalin.http.Context;
import runnel.store.Database;
import runnel.store.Notifications;

/// What an administrator says to everybody.
final class Announcing {
    private static final int MOST_CHARACTERS = 1_000;
    private static final int MOST_BYTES = 12 * MOST_CHARACTERS + 1_000;

    private final Database database;

    Announcing(Database database) {
        this.database = database;
    }

    /// POST /api/announcements
    void announce(Context ctx) {
        var fields = new Fields(Json.read(ctx, MOST_BYTES));
        var text = fields.required("text", MOST_CHARACTERS);
        fields.check();
        Notifications.announce(database, text);
        ctx.status(201);
        Json.answer(ctx, Json.object().put("text", text));
    }
}
