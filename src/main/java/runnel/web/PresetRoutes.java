package runnel.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import runnel.chat.Preset;
import runnel.store.chat.Presets;
import runnel.web.http.Authentication;
import runnel.web.http.Body;
import runnel.web.http.Fields;
import runnel.web.http.Json;

/// What chats can begin with.
record PresetRoutes(Authentication authentication, Presets presets) {
    /// Tells a preset in an export from a chat.
    static final String FORMAT = "runnel-preset/1";
    private static final int MAX_MODEL = 200;
    private static final int MAX_BYTES = 12 * 2 * Preset.MAX_TEXT + 10_000;

    /// GET /api/presets
    void list(Context ctx) {
        Json.answer(ctx, Json.list("presets", presets.list(authentication.of(ctx).id()), PresetRoutes::row));
    }

    private static ObjectNode row(Preset preset) {
        var row = Json.object().put("id", preset.id()).put("name", preset.name()).put("model", preset.model().orElse(null))
                .put("system", preset.system().orElse(null));
        return SamplingFields.write(row, preset.sampling()).put("prompt", preset.prompt().orElse(null)).put("readonly", preset.isFile());
    }

    static ObjectNode exported(Preset preset) {
        return row(preset).put("format", FORMAT);
    }

    /// POST /api/presets
    void make(Context ctx) {
        var preset = read(Json.read(ctx, MAX_BYTES));
        ctx.status(201);
        Json.answer(ctx, row(presets.add(authentication.of(ctx).id(), preset)));
    }

    /// A preset without an id.
    static Preset read(ObjectNode row) {
        var fields = new Fields(row);
        var preset = new Preset("", fields.required("name", Preset.MAX_NAME), fields.text("model", MAX_MODEL),
                fields.free("system", Preset.MAX_TEXT), SamplingFields.read(fields), fields.free("prompt", Preset.MAX_TEXT));
        fields.check();
        return preset;
    }

    /// PATCH /api/presets/{preset}
    void change(Context ctx) {
        var fields = new Fields(Json.read(ctx, MAX_BYTES));
        var changes = new Presets.Changes(fields.text("name", Preset.MAX_NAME),
                SamplingFields.changed(fields, "model", fields.text("model", MAX_MODEL)),
                SamplingFields.changed(fields, "system", fields.free("system", Preset.MAX_TEXT)), SamplingFields.change(fields),
                SamplingFields.changed(fields, "prompt", fields.free("prompt", Preset.MAX_TEXT)));
        fields.check();
        Json.answer(ctx, row(presets.change(authentication.of(ctx).id(), ctx.pathParam("preset"), changes)));
    }

    /// DELETE /api/presets/{preset}
    void delete(Context ctx) {
        Body.discard(ctx);
        presets.delete(authentication.of(ctx).id(), ctx.pathParam("preset"));
        ctx.status(204);
    }
}
