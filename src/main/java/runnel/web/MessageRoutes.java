package runnel.web;

import io.javalin.http.Context;
import java.util.Optional;
import runnel.chat.Refused;
import runnel.store.Database;
import runnel.store.chat.Chats;
import runnel.store.chat.Shares;
import runnel.store.transfer.Imports;
import runnel.web.http.Authentication;
import runnel.web.http.Fields;
import runnel.web.http.Json;
import runnel.web.transfer.ChatJson;

/// What becomes of single messages of a chat.
record MessageRoutes(Authentication authentication, Database database, Imports imports) {
    private static final int MAX_CHARACTERS = 1_000_000;
    private static final int MAX_BYTES = 12 * MAX_CHARACTERS + 10_000;
    private static final int MAX_ID = 200;

    private Chats chats(Context ctx) {
        return new Chats(database, authentication.of(ctx).id());
    }

    /// DELETE /api/chats/{chat}/messages/{message}
    void delete(Context ctx) {
        chats(ctx).delete(ctx.pathParam("chat"), ctx.pathParam("message"));
        ctx.status(204);
    }

    /// PATCH /api/chats/{chat}/messages/{message}: another version of a reply, beside it.
    void edit(Context ctx) {
        var chats = chats(ctx);
        chats.find(ctx.pathParam("chat")).orElseThrow(Refused::notFound);
        var fields = new Fields(Json.read(ctx, MAX_BYTES));
        var content = fields.required("content", MAX_CHARACTERS);
        fields.check();
        var edited = chats.edit(ctx.pathParam("chat"), ctx.pathParam("message"), content);
        ctx.status(201);
        Json.answer(ctx, out -> ChatJson.message(out, new ChatJson.ShownMessage(edited, Optional.empty())));
    }

    /// POST /api/chats/{chat}/fork: what leads to a message, as a chat of its own.
    void fork(Context ctx) {
        var owner = authentication.of(ctx).id();
        var chat = chats(ctx).find(ctx.pathParam("chat")).orElseThrow(Refused::notFound);
        var fields = new Fields(Json.read(ctx));
        var message = fields.required("message", MAX_ID);
        fields.check();
        copied(ctx, imports.copy(owner, new Shares.Shown(chat.id(), message), chat, true, () -> {}));
    }

    static void copied(Context ctx, String chat) {
        ctx.status(201).header("Location", "/api/chats/" + chat);
        Json.answer(ctx, Json.object().put("chat", chat));
    }
}
