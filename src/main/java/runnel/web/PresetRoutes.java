package runnel.web;

import io.javalin.http.Context;
import runnel.chat.Preset;
import runnel.store.chat.Presets;
import runnel.web.http.Authentication;
import runnel.web.http.Body;
import runnel.web.http.Fields;
import runnel.web.http.Json;
import runnel.web.http.SamplingFields;
import runnel.web.transfer.PresetJson;

/// What chats can begin with.
record PresetRoutes(Authentication authentication, Presets presets) {
    private static final int MAX_BYTES = 12 * 2 * Preset.MAX_TEXT + 10_000;

    /// GET /api/presets
    void list(Context ctx) {
        Json.answer(ctx, Json.list("presets", presets.list(authentication.of(ctx).id()), PresetJson::row));
    }

    /// POST /api/presets
    void make(Context ctx) {
        var preset = PresetJson.read(Json.read(ctx, MAX_BYTES));
        ctx.status(201);
        Json.answer(ctx, PresetJson.row(presets.add(authentication.of(ctx).id(), preset)));
    }

    /// PATCH /api/presets/{preset}
    void change(Context ctx) {
        var fields = new Fields(Json.read(ctx, MAX_BYTES));
        var changes = new Presets.Changes(fields.text("name", Preset.MAX_NAME),
                SamplingFields.changed(fields, "model", fields.text("model", PresetJson.MAX_MODEL)),
                SamplingFields.changed(fields, "system", fields.free("system", Preset.MAX_TEXT)), SamplingFields.change(fields),
                SamplingFields.changed(fields, "prompt", fields.free("prompt", Preset.MAX_TEXT)));
        fields.check();
        Json.answer(ctx, PresetJson.row(presets.change(authentication.of(ctx).id(), ctx.pathParam("preset"), changes)));
    }

    /// DELETE /api/presets/{preset}
    void delete(Context ctx) {
        Body.discard(ctx);
        presets.delete(authentication.of(ctx).id(), ctx.pathParam("preset"));
        ctx.status(204);
    }
}
