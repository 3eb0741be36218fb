package runnel.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A file of model servers: a JSON array with an object for each. What is wrong with it is told to the [SettingsReader] by its place.
final class ProvidersFile {
    private static final int MAX = 64;
    private static final JsonMapper MAPPER = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final String file;
    private final SettingsReader reader;

    private ProvidersFile(Path file, SettingsReader reader) {
        this.file = file.getFileName().toString();
        this.reader = reader;
    }

    static List<Provider> read(Path path, SettingsReader reader) {
        return new ProvidersFile(path, reader).providers(TextFile.read(path));
    }

    private List<Provider> providers(String text) {
        if (text.isBlank()) {
            reader.refuse(file + " is empty. A file without model servers is [].");
            return List.of();
        }
        try {
            JsonNode json = MAPPER.readTree(text);
            if (json.isArray() && json.size() <= MAX) {
                return providers(json);
            }
            reader.refuse(file + " must be a JSON array of at most " + MAX + " model servers: [{\"id\": …, \"url\": …}, …].");
        } catch (JsonProcessingException wrong) {
            reader.refuse(syntax(text, wrong));
        }
        return List.of();
    }

    private List<Provider> providers(JsonNode array) {
        var providers = new ArrayList<Provider>();
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < array.size(); i++) {
            var entry = new ProviderEntry(file + "[" + i + "]", array.get(i), reader);
            entry.read().ifPresent(providers::add);
            var first = places.putIfAbsent(entry.id().toLowerCase(Locale.ROOT), i);
            if (first != null && !entry.id().isEmpty()) {
                entry.refuse("id", "one that no other has; " + file + "[" + first + "] has it already");
            }
        }
        return providers;
    }

    /// Jackson's own words repeat what is in the file.
    private String syntax(String text, JsonProcessingException wrong) {
        var place = wrong.getLocation();
        int at = place == null ? -1 : (int) place.getCharOffset();
        String before = text.substring(0, Math.clamp(at, 0, text.length())).stripTrailing();
        boolean closing = at >= 0 && at < text.length() && "]}".indexOf(text.charAt(at)) >= 0;
        String why = wrong.getOriginalMessage().startsWith("Duplicate field") ? "a field is there twice"
                : closing && before.endsWith(",") ? "a comma stands before a closing bracket"
                : "this is no JSON";
        return file + (place == null ? "" : ", line " + place.getLineNr() + ", column " + place.getColumnNr()) + ": " + why + ".";
    }
}
