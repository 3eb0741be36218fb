package runnel.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.Optional;
import runnel.chat.Id;
import runnel.chat.Refused;
import runnel.reply.Replies;
import runnel.store.Database;
import runnel.store.chat.Chats;
import runnel.store.chat.Uploads;
import runnel.store.reply.NewPrompt;
import runnel.store.reply.PromptQueue;
import runnel.store.reply.PromptQueue.Queued;
import runnel.web.http.Authentication;
import runnel.web.http.Body;
import runnel.web.http.Fields;
import runnel.web.http.Json;
import runnel.web.transfer.ChatJson;

/// Prompts that wait in a chat until the reply that runs there is complete.
record QueueRoutes(Authentication authentication, Database database, Replies replies, PromptRoutes prompts) {
    private static final int MAX_BYTES = 12 * PromptRoutes.MAX_PROMPT_CHARACTERS + 10_000;

    private PromptQueue queue(Context ctx) {
        var owner = authentication.of(ctx).id();
        new Chats(database, owner).find(ctx.pathParam("chat")).orElseThrow(Refused::notFound);
        return new PromptQueue(database, owner);
    }

    /// GET /api/chats/{chat}/queue
    void list(Context ctx) {
        var owner = authentication.of(ctx).id();
        Json.answer(ctx, Json.list("queued", queue(ctx).list(ctx.pathParam("chat")), queued -> row(owner, queued)));
    }

    private ObjectNode row(String owner, Queued queued) {
        var row = Json.object().put("id", queued.id()).put("prompt", queued.prompt()).put("created", queued.created());
        if (!queued.uploads().isEmpty()) {
            var uploads = new Uploads(database);
            row.putArray("attachments").addAll(queued.uploads().stream().flatMap(id -> uploads.find(owner, id).stream())
                    .map(sent -> ChatJson.attachment(sent.upload())).toList());
        }
        if (queued.unfit()) {
            row.put("unfit", true);
        }
        return row;
    }

    /// POST /api/chats/{chat}/queue
    void add(Context ctx) {
        var queue = queue(ctx);
        var object = Json.read(ctx, MAX_BYTES);
        var fields = new Fields(object);
        var id = fields.uuid("id").orElseGet(Id::next);
        var prompt = fields.required("prompt", PromptRoutes.MAX_PROMPT_CHARACTERS);
        var uploads = fields.texts("attachments", PromptRoutes.MAX_ATTACHMENTS, PromptRoutes.MAX_NAME);
        fields.check();
        var owner = authentication.of(ctx).id();
        var chat = ctx.pathParam("chat");
        var fingerprint = "queue " + chat + " " + Json.fingerprint(object);
        var send = NewPrompt.queued(owner, id, fingerprint, chat, prompt, uploads);
        if (replies.before(send).isEmpty()) {
            replies.refuseUnfit(send);
        }
        var added = queue.add(chat, id, prompt, uploads, fingerprint);
        var row = row(owner, added.queued());
        added.sent().ifPresent(sent -> row.put("message", sent.message()).put("reply", sent.reply()));
        ctx.status(added.fresh() ? 201 : 200);
        Json.answer(ctx, row);
        replies.queue().sendDueSoon(owner, chat);
    }

    /// PATCH /api/chats/{chat}/queue/{prompt}
    void change(Context ctx) {
        var queue = queue(ctx);
        var fields = new Fields(Json.read(ctx, MAX_BYTES));
        var prompt = fields.required("prompt", PromptRoutes.MAX_PROMPT_CHARACTERS);
        fields.check();
        var owner = authentication.of(ctx).id();
        var chat = ctx.pathParam("chat");
        var id = ctx.pathParam("prompt");
        PromptQueue.next(database, owner, chat, Optional.of(id)).ifPresent(there ->
                replies.refuseUnfit(NewPrompt.queued(owner, id, "", chat, prompt, there.attachments())));
        Json.answer(ctx, row(owner, queue.change(chat, id, prompt)));
        replies.queue().sendDueSoon(owner, chat);
    }

    /// DELETE /api/chats/{chat}/queue/{prompt}
    void remove(Context ctx) {
        Body.discard(ctx);
        queue(ctx).remove(ctx.pathParam("chat"), ctx.pathParam("prompt"));
        ctx.status(204);
    }

    /// POST /api/chats/{chat}/queue/{prompt}/send
    void send(Context ctx) {
        Body.discard(ctx);
        var owner = authentication.of(ctx).id();
        prompts.answer(ctx, () -> replies.queue().sendNow(owner, ctx.pathParam("chat"), ctx.pathParam("prompt")));
    }
}
