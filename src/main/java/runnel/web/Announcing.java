package runnel.web;

import io.javalin.http.Context;
import runnel.account.User;
import runnel.chat.Refused;
import runnel.store.Database;
import runnel.store.Notifications;

/// What an administrator says to everybody.
final class Announcing {
    private static final int MOST_CHARACTERS = 1_000;
    private static final int MOST_BYTES = 12 * MOST_CHARACTERS + 1_000;

    private final Visitors visitors;
    private final Database database;

    Announcing(Visitors visitors, Database database) {
        this.visitors = visitors;
        this.database = database;
    }

    /// POST /api/announcements. For anybody else there is nothing here.
    void announce(Context ctx) {
        if (visitors.of(ctx).role() != User.Role.ADMIN) {
            throw Refused.notFound();
        }
        var fields = new Fields(Json.read(ctx, MOST_BYTES));
        var text = fields.required("text", MOST_CHARACTERS);
        fields.check();
        Notifications.announce(database, text);
        ctx.status(201);
        Json.answer(ctx, Json.object().put("text", text));
    }
}
