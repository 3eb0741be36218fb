package runnel.web;

import io.javalin.http.Context;
import runnel.upstream.Upstream;
import runnel.web.http.Authentication;
import runnel.web.http.Json;

/// The models that can be asked.
final class ModelRoutes {
    private final Authentication authentication;
    private final Upstream upstream;
    private final boolean demo;

    /// @param demo whether the models are the built-in demo's
    ModelRoutes(Authentication authentication, Upstream upstream, boolean demo) {
        this.authentication = authentication;
        this.upstream = upstream;
        this.demo = demo;
    }

    /// GET /api/models
    void list(Context ctx) {
        authentication.of(ctx);
        var models = upstream.models();
        var answer = Json.object();
        var rows = answer.putArray("models");
        models.models().forEach(model -> {
            var row = rows.addObject().put("id", model.id());
            model.contextTokens().ifPresent(tokens -> row.put("context_length", tokens));
        });
        Json.answer(ctx, answer.put("default", models.preferred()).put("demo", demo));
    }
}
