package runnel.web.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import runnel.chat.Refused;
import runnel.store.chat.Uploads;
import runnel.web.http.Fields;
import runnel.web.http.Json;
import runnel.web.http.OpenAiError;

/// Images and files in the input of a response. They come as data URLs (RFC 2397), or as uploads by their ids, and are kept as uploads;
/// nothing is fetched from an address, which would let whoever asks look around in the server's network.
final class InputFiles {
    private static final int MAX_NAME = 10_000;
    private static final Set<String> IMAGE = Set.of("type", "detail", "image_url", "file_id");
    private static final Set<String> DETAILS = Set.of("low", "high", "auto");
    private static final Set<String> FILE = Set.of("type", "filename", "file_data", "file_id");
    private static final Pattern DATA = Pattern.compile("data:[^,]{0,200};base64,");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+={0,2}");

    private InputFiles() {}

    static boolean isOne(String type) {
        return type.equals("input_image") || type.equals("input_file");
    }

    /// One part of a message, of which [#keep] makes what is stored.
    static ObjectNode read(Fields part, String type) {
        boolean image = type.equals("input_image");
        part.only(image ? IMAGE : FILE);
        var file = Json.object().put("type", type).put("at", part.name());
        if (part.has("detail")) {
            if (!DETAILS.contains(part.node("detail").asText())) {
                part.wrong("detail", "must be low, high or auto");
            }
            file.put("detail", part.node("detail").asText());
        }
        var field = image ? "image_url" : "file_data";
        if (part.has("file_id")) {
            if (!part.node("file_id").isTextual() || part.has(field)) {
                part.wrong("file_id", "must be a string, and excludes " + field);
            }
            return file.put("file_id", part.node("file_id").asText());
        }
        part.free("filename", MAX_NAME);
        var data = part.node(field).asText();
        var url = DATA.matcher(data);
        var encoded = url.lookingAt() ? data.substring(url.end()) : image ? "" : data;
        if (!BASE64.matcher(encoded).matches()) {
            part.wrong(field, "must be a data URL in base64; this server fetches nothing from an address");
        }
        return file.put("name", part.node("filename").asText(image ? "image" : "file")).put("data", encoded);
    }

    /// Stores what came as data, and puts the ids of uploads into its place.
    ///
    /// @param made gets the ids of the new ones
    /// @return the ids of all, in order
    /// @throws Refused where one is of no use, or not there
    static List<String> keep(ArrayNode items, String owner, Uploads uploads, List<String> made) {
        var ids = new ArrayList<String>();
        for (var item : items) {
            for (var part : item.path("content")) {
                if (isOne(part.path("type").asText())) {
                    ids.add(keep((ObjectNode) part, owner, uploads, made));
                }
            }
        }
        return ids.stream().distinct().toList();
    }

    private static String keep(ObjectNode part, String owner, Uploads uploads, List<String> made) {
        var at = part.remove("at").textValue();
        if (part.has("file_id")) {
            uploads.find(owner, part.get("file_id").textValue()).orElseThrow(() -> OpenAiError.notFound(at + ".file_id"));
            return part.get("file_id").textValue();
        }
        try {
            var bytes = Base64.getDecoder().decode(part.remove("data").textValue());
            var id = uploads.add(owner, part.remove("name").textValue(), new ByteArrayInputStream(bytes)).id();
            made.add(id);
            part.put("file_id", id);
            return id;
        } catch (IllegalArgumentException broken) {
            throw OpenAiError.invalid(at, at + " is not base64.");
        } catch (Refused refused) {
            var problem = refused.problem();
            throw OpenAiError.of(problem.status() == 415 ? 400 : problem.status(), problem.code(), at, at + ": " + problem.detail());
        }
    }
}
