package runnel.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import runnel.chat.Chat;
import runnel.chat.Message;
import runnel.chat.Refused;
import runnel.store.Database;
import runnel.store.chat.Chats;
import runnel.store.chat.Messages;
import runnel.store.chat.Shares.Share;
import runnel.store.chat.Uploads;
import runnel.store.transfer.Imports;
import runnel.web.account.LinkAuthentication;
import runnel.web.http.AnswerMemory;
import runnel.web.http.Authentication;
import runnel.web.http.Fields;
import runnel.web.http.Json;
import runnel.web.http.PageFiles;
import runnel.web.transfer.ChatJson;

/// Links by which anybody reads a chat: how they are made and ended, and what they show.
///
/// @param publicUrl the address that people type, where it is another than the one that they came to
record ShareRoutes(Authentication authentication, LinkAuthentication links, Database database, Imports imports, ChatRoutes chats,
        Optional<URI> publicUrl) {
    private static final int MAX_ID = 200;
    private static final long MAX_MILLIS = Duration.ofDays(3_650).toMillis();

    /// PUT /api/chats/{chat}/share
    void make(Context ctx) {
        var owner = authentication.of(ctx).id();
        var chat = ctx.pathParam("chat");
        new Chats(database, owner).find(chat).orElseThrow(Refused::notFound);
        long now = System.currentTimeMillis();
        var fields = new Fields(Json.read(ctx));
        var ends = fields.whole("expires", now + 1, now + MAX_MILLIS);
        var message = fields.text("message", MAX_ID);
        fields.check();
        if (!links.on()) {
            throw new Refused("sharing-off", 403, "Sharing is off", "This server does not let chats be shared by links.");
        }
        var made = links.shares().make(owner, chat, message, ends);
        Json.answer(ctx, Json.object().put("url", site(ctx) + "/s/" + made.token().reveal()).put("expires", ends.orElse(null)));
    }

    private String site(Context ctx) {
        return publicUrl.map(URI::toString)
                .orElseGet(() -> (links.clientAddress().secure(ctx) ? "https://" : "http://") + ctx.header("Host"));
    }

    /// DELETE /api/chats/{chat}/share
    void end(Context ctx) {
        Refused.requireFound(links.shares().delete(authentication.of(ctx).id(), ctx.pathParam("chat")));
        ctx.status(204);
    }

    /// GET /api/shares
    void list(Context ctx) {
        var answer = Json.object().put("sharing", links.on());
        answer.putArray("shares").addAll(links.shares().list(authentication.of(ctx).id()).stream()
                .map(share -> row(share).put("chat", share.shown().chat()).put("message", share.shown().message())).toList());
        Json.answer(ctx, answer);
    }

    private static ObjectNode row(Share share) {
        return Json.object().put("title", share.title()).put("created", share.created()).put("expires", share.ends().orElse(null));
    }

    /// GET /api/shares/{share}: what led to the last message, and that, as far as it is written.
    void show(Context ctx) {
        var share = links.share(ctx);
        var shown = share.shown();
        noindex(ctx);
        var chat = new Chats(database, share.owner()).find(shown.chat()).orElseThrow(Refused::notFound);
        Iterable<List<Message>> messages = () -> Messages.branch(database, shown.chat(), shown.message()).map(List::of).iterator();
        AnswerMemory.answer(ctx, Messages.longest(database, shown.chat()),
                () -> Json.answer(ctx, out -> ChatJson.whole(out, row(share), messages, message -> chats.shown(chat, message))));
    }

    /// GET /api/shares/{share}/uploads/{upload}: a file beside those messages. No browser keeps it: the link may end.
    void file(Context ctx) {
        var share = links.share(ctx);
        noindex(ctx);
        UploadRoutes.answer(ctx, new Uploads(database).find(share.owner(), ctx.pathParam("upload"))
                .filter(sent -> links.shares().shows(share, sent.upload().id())).orElseThrow(Refused::notFound));
    }

    /// POST /api/shares/{share}/copy: the same as a chat of one's own.
    void copy(Context ctx) {
        var owner = authentication.of(ctx).id();
        var share = links.share(ctx);
        var chat = new Chat("", owner, share.title(), Optional.empty(), imports.defaultSystem(), false, false, 0, 0);
        MessageRoutes.copied(ctx, imports.copy(owner, share.shown(), chat, false, () -> links.share(ctx)));
    }

    /// GET /s/{share}: the page, also where there is no such link, which it says then.
    void page(Context ctx, PageFiles files) {
        noindex(ctx);
        files.shared(ctx, links.found(ctx).isPresent());
    }

    private static void noindex(Context ctx) {
        ctx.header("X-Robots-Tag", "noindex, nofollow");
    }
}
