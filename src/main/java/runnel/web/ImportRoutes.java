package runnel.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.javalin.http.Context;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import runnel.chat.Problem;
import runnel.chat.Refused;
import runnel.store.Imports;
import runnel.store.Imports.ImportedChat;
import runnel.store.Imports.Taken;
import runnel.web.http.Authentication;
import runnel.web.http.Json;
import runnel.web.http.JsonEntries;

/// `POST /api/import`: takes in a chat, or an array of them, that this server or another chat program has exported.
final class ImportRoutes {
    private static final int MAX_BYTES = 256 << 20;
    private static final int MAX_SKIPPED = 100;

    private final Lock turn = new ReentrantLock();
    private final Authentication authentication;
    private final Imports imports;
    private final Path folder;

    /// @param folder where files are kept while they are read
    ImportRoutes(Authentication authentication, Imports imports, Path folder) {
        this.authentication = authentication;
        this.imports = imports;
        this.folder = folder;
    }

    /// POST /api/import
    void take(Context ctx) {
        var owner = authentication.of(ctx).id();
        var answer = Json.object();
        var taken = Json.file(ctx, folder, MAX_BYTES, body -> take(owner, body, answer.putArray("skipped")));
        taken.fresh().forEach(answer.putArray("chats")::add);
        taken.known().forEach(answer.putArray("known")::add);
        ctx.status(taken.fresh().isEmpty() ? 200 : 201);
        Json.answer(ctx, answer);
    }

    /// One at a time, since each holds a whole chat in memory. An entry that is not understood costs itself only.
    private Taken take(String owner, InputStream body, ArrayNode skipped) {
        turn.lock();
        try (var taking = imports.begin(owner); var entries = new JsonEntries(body)) {
            for (int entry = 1; entries.next(); entry++) {
                take(taking, entries, entry, skipped);
            }
            var taken = taking.publish();
            if (taken.fresh().isEmpty() && taken.known().isEmpty() && !skipped.isEmpty()) {
                throw new Refused(new Problem("unknown-format", 422, "Unknown format",
                        skipped.get(0).get("detail").asText() + " Nothing was imported."));
            }
            return taken;
        } finally {
            turn.unlock();
        }
    }

    private static void take(Imports.Import taking, JsonEntries entries, int number, ArrayNode skipped) {
        var document = entries.read();
        var chat = document.flatMap(ImportRoutes::chat);
        chat.ifPresent(taking::add);
        if (chat.isEmpty() && skipped.size() < MAX_SKIPPED) {
            skipped.addObject().put("entry", number)
                    .put("title", document.map(entry -> entry.path("title").asText(entry.path("name").asText())).orElse(""))
                    .put("detail", document.isPresent()
                            ? "This is not a chat that Runnel, ChatGPT, Claude, Open WebUI or LibreChat has exported."
                            : "A chat may have at most %,d bytes here.".formatted(JsonEntries.MAX_BYTES));
        }
    }

    private static Optional<ImportedChat> chat(JsonNode document) {
        return Arrays.stream(ImportFormat.values()).filter(format -> format.fits(document)).findFirst()
                .map(format -> format.read(document));
    }
}
