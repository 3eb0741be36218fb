package runnel.web.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import runnel.chat.Preset;
import runnel.web.http.Fields;
import runnel.web.http.Json;
import runnel.web.http.SamplingFields;

/// Presets as the API and exports show them.
public final class PresetJson {
    public static final int MAX_MODEL = 200;
    /// Tells a preset in an export from a chat.
    static final String FORMAT = "runnel-preset/1";

    private PresetJson() {}

    public static ObjectNode row(Preset preset) {
        var row = Json.object().put("id", preset.id()).put("name", preset.name()).put("model", preset.model().orElse(null))
                .put("system", preset.system().orElse(null));
        return SamplingFields.write(row, preset.sampling()).put("prompt", preset.prompt().orElse(null)).put("readonly", preset.isFile());
    }

    static ObjectNode exported(Preset preset) {
        return row(preset).put("format", FORMAT);
    }

    /// A preset without an id.
    public static Preset read(ObjectNode row) {
        var fields = new Fields(row);
        var preset = new Preset("", fields.required("name", Preset.MAX_NAME), fields.text("model", MAX_MODEL),
                fields.free("system", Preset.MAX_TEXT), SamplingFields.read(fields), fields.free("prompt", Preset.MAX_TEXT));
        fields.check();
        return preset;
    }
}
