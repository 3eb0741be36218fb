package runnel.web.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import runnel.chat.Refused;
import runnel.upstream.Models.Model;
import runnel.upstream.Upstream;
import runnel.web.http.Authentication;
import runnel.web.http.Json;
import runnel.web.http.OpenAiError;

/// `GET /v1/models`: the models that can be asked, in OpenAI's form.
public record OpenAiModels(Authentication authentication, Upstream upstream) {
    /// GET /v1/models
    public void list(Context ctx) {
        authentication.of(ctx);
        var answer = Json.object().put("object", "list");
        answer.putArray("data").addAll(upstream.models().models().stream().map(OpenAiModels::json).toList());
        Json.answer(ctx, answer);
    }

    /// GET /v1/models/{model}, whose name may have slashes in it.
    public void show(Context ctx) {
        authentication.of(ctx);
        var id = ctx.pathParam("model");
        Json.answer(ctx, upstream.models().models().stream().filter(model -> model.id().equals(id)).findFirst().map(OpenAiModels::json)
                .orElseThrow(OpenAiModels::unknown));
    }

    /// Of a model that is not offered.
    public static Refused unknown() {
        return OpenAiError.of(404, "model-not-found", "model",
                "This server does not offer that model. GET /v1/models lists those that it does.");
    }

    /// When a model was made is not known here, but SDKs want a number.
    private static ObjectNode json(Model model) {
        return Json.object().put("id", model.id()).put("object", "model").put("created", 0).put("owned_by", "runnel");
    }
}
