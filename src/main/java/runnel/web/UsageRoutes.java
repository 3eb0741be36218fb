package runnel.web;

import io.javalin.http.Context;
import java.time.LocalDate;
import runnel.store.TokenUse;
import runnel.web.http.Authentication;
import runnel.web.http.Json;

/// What the visitor's replies and relayed requests took.
record UsageRoutes(Authentication authentication, TokenUse tokenUse) {
    /// GET /api/usage
    void show(Context ctx) {
        var answer = Json.object();
        var rows = answer.putArray("usage");
        tokenUse.last(authentication.of(ctx).id(), TokenUse.MONTH).forEach(entry -> rows.addObject()
                .put("day", LocalDate.ofEpochDay(entry.day()).toString()).put("model", entry.model()).put("requests", entry.requests())
                .put("prompt_tokens", entry.promptTokens()).put("completion_tokens", entry.completionTokens()));
        Json.answer(ctx, answer);
    }
}
