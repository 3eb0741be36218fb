package runnel.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import runnel.chat.Chat;
import runnel.chat.Message;
import runnel.chat.Refused;
import runnel.chat.Snapshot;
import runnel.chat.Status;
import runnel.chat.Tags;
import runnel.reply.Replies;
import runnel.store.Database;
import runnel.store.chat.Chats;
import runnel.store.chat.Chats.Changes;
import runnel.store.chat.Chats.PageKey;
import runnel.store.chat.Messages;
import runnel.store.chat.Notifications;
import runnel.store.chat.SearchQuery;
import runnel.web.http.AnswerMemory;
import runnel.web.http.Authentication;
import runnel.web.http.Fields;
import runnel.web.http.Json;
import runnel.web.http.SamplingFields;
import runnel.web.transfer.ChatArchive;
import runnel.web.transfer.ChatJson;
import runnel.web.transfer.ChatJson.ShownMessage;
import runnel.web.transfer.DownloadName;
import runnel.web.transfer.HtmlExport;
import runnel.web.transfer.MarkdownExport;

/// The list of chats, and each chat with its messages.
record ChatRoutes(Authentication authentication, Database database, Replies replies) {
    private static final int PAGE = 50;
    private static final int MAX_PAGE = 200;
    private static final int MAX_NAME = 200;
    private static final int MAX_SYSTEM_CHARACTERS = 100_000;
    private static final int MAX_BYTES = 12 * MAX_SYSTEM_CHARACTERS + 10_000;

    private Chats chats(Context ctx) {
        return new Chats(database, authentication.of(ctx).id());
    }

    private Chat chat(Context ctx) {
        return chats(ctx).find(ctx.pathParam("chat")).orElseThrow(Refused::notFound);
    }

    /// GET /api/chats
    void list(Context ctx) {
        int limit = limit(ctx);
        // before the list is read, so that what changes meanwhile is told behind that place
        var events = new Notifications(database, authentication.of(ctx).id()).end();
        var rows = chats(ctx).list(Optional.of(query(ctx)), Optional.ofNullable(ctx.queryParam("cursor")).map(ChatRoutes::key), limit + 1);
        var page = rows.subList(0, Math.min(limit, rows.size()));
        var answer = Json.list("chats", page, ChatJson::row);
        Json.answer(ctx, answer.put("cursor", rows.size() > limit ? written(page.getLast()) : null).put("events", events.toString()));
    }

    /// Archived chats are found by a search, and else only where they are asked for.
    private static SearchQuery query(Context ctx) {
        var text = Optional.ofNullable(ctx.queryParam("q")).filter(given -> !given.isBlank());
        var archived = Optional.ofNullable(ctx.queryParam("archived")).or(() -> Optional.of("false").filter(_ -> text.isEmpty()));
        var query = SearchQuery.of(text.orElse(""));
        if (text.isPresent() && query.isEmpty()) {
            return query;
        }
        if (archived.isPresent()) {
            if (!archived.get().matches("true|false")) {
                throw Refused.malformed("archived must be true or false.");
            }
            query = query.with("archived", Boolean.valueOf(archived.get()));
        }
        var tag = Optional.ofNullable(ctx.queryParam("tag"));
        return tag.isEmpty() ? query
                : query.with("tag", Tags.of(tag.get()).orElseThrow(() -> Refused.malformed("tag is not one that a chat can have.")));
    }

    private static int limit(Context ctx) {
        var limit = ctx.queryParam("limit");
        try {
            return limit == null ? PAGE : Math.clamp(Integer.parseInt(limit), 1, MAX_PAGE);
        } catch (NumberFormatException notOne) {
            throw Refused.malformed("limit must be a number.");
        }
    }

    private static String written(Chat last) {
        var key = (last.pinned() ? "1." : "0.") + last.updated() + "." + last.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static PageKey key(String written) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(written), StandardCharsets.UTF_8).split("\\.", 3);
            return new PageKey(parts[0].equals("1"), Long.parseLong(parts[1]), parts[2]);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException notOurs) {
            throw Refused.malformed("cursor is not one that this list gave.");
        }
    }

    /// GET /api/chats/{chat}
    void show(Context ctx) {
        var chat = chat(ctx);
        var known = Optional.ofNullable(ctx.queryParam("since")).map(ChatJson::version)
                .filter(since -> Messages.still(database, chat.id(), since));
        var after = known.map(Messages.Version::last).orElse("");
        // before the messages are read, so that what changes meanwhile is read again
        var facts = ChatJson.facts(chat).put("queued", chats(ctx).queued(chat.id())).put("partial", known.isPresent())
                .put("version", ChatJson.written(Messages.version(database, chat.id())));
        whole(ctx, chat, facts, after);
    }

    private void whole(Context ctx, Chat chat, ObjectNode facts, String after) {
        AnswerMemory.answer(ctx, Messages.longest(database, chat.id()), () -> Json.answer(ctx,
                out -> ChatJson.whole(out, facts, Messages.pagesOfChat(database, chat.id(), after), message -> shown(chat, message))));
    }

    /// A running reply is shown as it is at this moment, with the cursor that belongs to exactly this text.
    ShownMessage shown(Chat chat, Message stored) {
        if (stored.status() != Status.STREAMING) {
            return new ShownMessage(stored, Optional.empty());
        }
        var live = replies.find(chat.owner(), stored.id()).orElseThrow(Refused::notFound);
        Snapshot now = live.now();
        return new ShownMessage(stored.as(now, live.reply().omitted()),
                now.end().isPresent() ? Optional.empty() : Optional.of(now.cursor(live.reply().epoch())));
    }

    /// PATCH /api/chats/{chat}
    void change(Context ctx) {
        var chat = chat(ctx);
        var fields = new Fields(Json.read(ctx, MAX_BYTES));
        var changes = new Changes(fields.text("title", MAX_NAME),
                fields.nulled("model") ? Optional.of(Optional.empty()) : fields.text("model", MAX_NAME).map(Optional::of),
                fields.free("system", MAX_SYSTEM_CHARACTERS), fields.flag("pinned"), fields.flag("archived"),
                SamplingFields.change(fields), tags(fields));
        fields.check();
        var changed = chats(ctx).change(chat.id(), changes).orElseThrow(Refused::notFound);
        Json.answer(ctx, ChatJson.facts(changed));
    }

    private static Optional<List<String>> tags(Fields fields) {
        var given = fields.texts("tags", Tags.MAX, MAX_NAME);
        var tags = given.stream().flatMap(tag -> Tags.of(tag).stream()).distinct().toList();
        if (tags.size() < given.size()) {
            fields.wrong("tags", "must be at most %d different ones of at most %d characters, without commas and quotation marks"
                    .formatted(Tags.MAX, Tags.MAX_CHARACTERS));
        }
        return fields.has("tags") ? Optional.of(tags) : Optional.empty();
    }

    /// DELETE /api/chats/{chat}
    void delete(Context ctx) {
        var chat = chat(ctx);
        Refused.requireFound(chats(ctx).delete(chat.id()));
        replies.stopAll(reply -> reply.chat().equals(chat.id())); // only now, when no prompt can slip in between
        ctx.status(204);
    }

    /// GET /api/export
    void exportAll(Context ctx) {
        var owner = authentication.of(ctx).id();
        var only = Optional.ofNullable(ctx.queryParam("chats")).map(ids -> Stream.of(ids.split(",")).distinct().toList());
        if (only.filter(ids -> ids.size() > MAX_PAGE).isPresent()) {
            throw Refused.malformed("chats must be at most " + MAX_PAGE + " ids.");
        }
        only.orElse(List.of()).forEach(id -> chats(ctx).find(id).orElseThrow(Refused::notFound));
        ctx.header("Content-Disposition", "attachment; filename=\"runnel-export.zip\"");
        AnswerMemory.answer(ctx, chats(ctx).longestMessage(), () -> Json.answer(ctx, "application/zip",
                out -> new ChatArchive(database, this::shown).write(owner, only, out)));
    }

    /// GET /api/chats/{chat}/export
    void export(Context ctx) {
        var chat = chat(ctx);
        var format = Optional.ofNullable(ctx.queryParam("format")).orElse("json");
        ctx.header("Content-Disposition", DownloadName.of(chat.title()).attachment(format));
        switch (format) {
            case "json" -> whole(ctx, chat, ChatJson.exported(chat), "");
            case "md" -> written(ctx, chat, "text/markdown; charset=utf-8", MarkdownExport::write);
            case "html" -> written(ctx, chat, "text/html; charset=utf-8", HtmlExport::write);
            default -> throw Refused.malformed("format must be json, md or html.");
        }
    }

    private interface Export {
        void write(Writer out, Chat chat, Iterator<Message> branch) throws IOException;
    }

    private void written(Context ctx, Chat chat, String type, Export export) {
        AnswerMemory.answer(ctx, Messages.longest(database, chat.id()), () -> Json.answer(ctx, type, out -> {
            var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            export.write(writer, chat, Messages.newestBranch(database, chat.id()).iterator());
            writer.close();
        }));
    }
}
