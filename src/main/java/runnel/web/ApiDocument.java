package runnel.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;

/// `GET /api/openapi.json`: every route as OpenAPI 3.1. The file is kept by hand; a test compares it with the routes that
/// the server really has.
final class ApiDocument {
    static final String NAME = "openapi.json";

    private ApiDocument() {}

    static void show(Context ctx) {
        ctx.contentType("application/json").result(Loaded.BYTES);
    }

    /// One copy for all who read it, however slowly; loaded when it is asked for first.
    private static final class Loaded {
        private static final byte[] BYTES = bytes();
    }

    private static byte[] bytes() {
        try (var file = ApiDocument.class.getResourceAsStream(NAME)) {
            return file.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
