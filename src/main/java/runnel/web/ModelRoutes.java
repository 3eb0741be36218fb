package runnel.web;

import io.javalin.http.Context;
import runnel.upstream.Upstream;

/// The models that can be asked.
final class ModelRoutes {
    private final Visitors visitors;
    private final Upstream upstream;
    private final boolean demo;

    /// @param demo whether the models are the built-in demo's
    ModelRoutes(Visitors visitors, Upstream upstream, boolean demo) {
        this.visitors = visitors;
        this.upstream = upstream;
        this.demo = demo;
    }

    /// GET /api/models
    void list(Context ctx) {
        visitors.of(ctx);
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
