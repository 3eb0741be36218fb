package runnel.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import runnel.web.http.Json;

/// `GET /api/openapi.json`: every route as OpenAPI 3.1. The file is kept by hand; a test compares it with the routes that
/// the server really has.
final class ApiDocument {
    static final String NAME = "openapi.json";

    private final String base;
    private byte[] bytes = new byte[0];

    /// @param base the path below which everything lives, as `/chat`, or nothing
    ApiDocument(String base) {
        this.base = base;
    }

    void show(Context ctx) throws IOException {
        ctx.contentType("application/json").result(bytes());
    }

    /// One copy for all who read it, however slowly; loaded when it is asked for first.
    private synchronized byte[] bytes() throws IOException {
        if (bytes.length == 0) {
            bytes = load();
        }
        return bytes;
    }

    private byte[] load() throws IOException {
        try (var file = ApiDocument.class.getResourceAsStream(NAME)) {
            var written = file.readAllBytes();
            if (base.isEmpty()) {
                return written;
            }
            var document = (ObjectNode) Json.parse(written);
            document.putArray("servers").addObject().put("url", base);
            return Json.bytes(document);
        }
    }
}
