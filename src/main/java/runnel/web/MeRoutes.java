package runnel.web;

import io.javalin.http.Context;
import java.util.Locale;

/// The visitor's own account.
final class MeRoutes {
    private final Visitors visitors;

    MeRoutes(Visitors visitors) {
        this.visitors = visitors;
    }

    /// GET /api/me
    void show(Context ctx) {
        var user = visitors.of(ctx);
        Json.answer(ctx, Json.object().put("id", user.id()).put("name", user.name()).put("email", user.email())
                .put("role", user.role().name().toLowerCase(Locale.ROOT)));
    }
}
