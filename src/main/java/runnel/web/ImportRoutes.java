package runnel.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.StreamSupport;
import runnel.chat.Problem;
import runnel.chat.Refused;
import runnel.store.Imports;
import runnel.store.Imports.ImportedChat;
import runnel.web.http.Authentication;
import runnel.web.http.Json;

/// `POST /api/import`: takes in a chat, or an array of them, that this server or another chat program has exported.
final class ImportRoutes {
    private static final int MAX_BYTES = 64 << 20;

    private final Lock turn = new ReentrantLock();
    private final Authentication authentication;
    private final Imports imports;

    ImportRoutes(Authentication authentication, Imports imports) {
        this.authentication = authentication;
        this.imports = imports;
    }

    /// POST /api/import
    void take(Context ctx) {
        var owner = authentication.of(ctx).id();
        var chats = Json.body(ctx, MAX_BYTES, body -> take(owner, body));
        var answer = Json.object();
        chats.forEach(answer.putArray("chats")::add);
        ctx.status(201);
        Json.answer(ctx, answer);
    }

    /// One at a time, since each may need some hundred megabytes for as long as it takes.
    private List<String> take(String owner, byte[] body) {
        turn.lock();
        try {
            return imports.take(owner, chats(Json.parseLarge(body)));
        } finally {
            turn.unlock();
        }
    }

    private static List<ImportedChat> chats(JsonNode document) {
        return document.isArray() ? StreamSupport.stream(document.spliterator(), false).map(ImportRoutes::chat).toList()
                : List.of(chat(document));
    }

    private static ImportedChat chat(JsonNode document) {
        return Arrays.stream(ImportFormat.values()).filter(format -> format.fits(document)).findFirst()
                .orElseThrow(() -> new Refused(new Problem("unknown-format", 422, "Unknown format",
                        "This is not an export of Runnel, ChatGPT, Open WebUI or LibreChat. Nothing was imported.")))
                .read(document);
    }
}
