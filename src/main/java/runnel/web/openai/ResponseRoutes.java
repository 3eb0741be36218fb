package runnel.web.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import runnel.account.Credential;
import runnel.chat.Parent;
import runnel.chat.Refused;
import runnel.chat.Reply;
import runnel.chat.Sha256;
import runnel.reply.Replies;
import runnel.reply.ReplyText;
import runnel.store.Database;
import runnel.store.chat.Chats;
import runnel.store.chat.Uploads;
import runnel.store.reply.NewPrompt;
import runnel.store.reply.Responses;
import runnel.upstream.Upstream;
import runnel.web.http.Authentication;
import runnel.web.http.Body;
import runnel.web.http.Json;
import runnel.web.http.OpenAiError;
import runnel.web.openai.ResponseRequest.Mode;

/// OpenAI's Responses API over the logs of replies: what is made here is a reply in a chat, and every reply can be had here.
public record ResponseRoutes(Authentication authentication, Database database, Replies replies, Upstream upstream, Uploads uploads,
        ResponseReaders readers) {
    private static final int PAGE = 20;
    private static final int MAX_PAGE = 100;

    private Responses responses() {
        return new Responses(database);
    }

    /// POST /v1/responses
    public void create(Context ctx) {
        var credential = authentication.credential(ctx);
        var body = Json.readLong(ctx, ResponseRequest.MAX_BYTES);
        var request = ResponseRequest.read(body, upstream::offers, new StoredItems(database, replies, credential.user().id()));
        var key = Optional.ofNullable(ctx.header("Idempotency-Key")).filter(written -> !written.isEmpty());
        if (key.isPresent() && !request.mode().store()) {
            throw OpenAiError.invalid("store", "Idempotency-Key needs store: what is not kept cannot be answered again.");
        }
        var made = new ArrayList<String>();
        try {
            var files = InputFiles.keep(request.input(), credential.user().id(), uploads, made);
            var prompt = prompt(credential.user().id(), request, key, body, files);
            if (replies.before(prompt).isEmpty()) {
                new FunctionOutputs(database, replies).check(prompt, request.input());
            }
            answer(ctx, credential, request, prompt, made);
        } catch (RuntimeException refused) {
            uploads.forgetUnused(credential.user().id(), made);
            throw refused instanceof Refused field && field.members().containsKey("errors") // the files are too much for the model
                    ? OpenAiError.invalid("input", field.problem().detail().replaceFirst("^attachments: ", "Its files: ")) : refused;
        }
    }

    private void answer(Context ctx, Credential credential, ResponseRequest request, NewPrompt prompt, List<String> made) {
        if (request.mode().background() && !request.mode().stream()) {
            var text = start(prompt, request, made);
            Json.answer(ctx, json(text).now(text.now()));
            return;
        }
        try (var permit = readers.admit(credential)) { // before the reply starts, so that a refusal costs nothing
            var text = start(prompt, request, made);
            var json = text.reply().isStored() ? json(text)
                    : new ResponseJson(text.reply(), request.kept(), request.previous().flatMap(ResponseId.RESPONSE::read), false,
                            () -> Optional.of(System.currentTimeMillis()));
            readers.open(ctx, permit, text, ResponsePlace.first(text.reply(), text.now()), json, request.mode());
        }
    }

    private NewPrompt prompt(String owner, ResponseRequest request, Optional<String> key, ObjectNode body, List<String> files) {
        var previous = request.previous().map(id -> ResponseId.RESPONSE.read(id).flatMap(reply -> replies.find(owner, reply))
                .orElseThrow(() -> OpenAiError.notFound("previous_response_id")).reply());
        var chat = previous.map(Reply::chat).or(() -> request.chat().map(id -> ResponseId.CONVERSATION.read(id)
                .flatMap(new Chats(database, owner)::find).orElseThrow(() -> OpenAiError.notFound("conversation")).id()));
        return new NewPrompt(owner, key.map(written -> "v1:" + Sha256.hex(written)), key.map(_ -> Json.fingerprint(body)).orElse(""), chat,
                previous.<Parent>map(reply -> new Parent.Id(reply.id())).orElse(new Parent.Newest()), InputItems.prompt(request.input()),
                request.model(), chat.isPresent() ? Optional.empty() : Optional.of(request.instructions()), files);
    }

    /// @param made the uploads that were made of its input. Of what is not to be stored they go when it has ended; else they stay with
    ///             the prompt, unless it had been stored before
    private ReplyText start(NewPrompt prompt, ResponseRequest request, List<String> made) {
        if (request.mode().store()) {
            var started = replies.start(prompt, request.sampling());
            uploads.forgetUnused(prompt.owner(), made);
            return replies.find(prompt.owner(), started.reply()).orElseThrow(Refused::notFound);
        }
        var text = replies.startUnstored(prompt, request.sampling());
        if (!made.isEmpty()) {
            Thread.startVirtualThread(() -> {
                replies.awaitEnd(text.reply().id());
                uploads.forgetUnused(prompt.owner(), made);
            });
        }
        return text;
    }

    private ResponseJson json(ReplyText text) {
        var reply = text.reply();
        var facts = responses().facts(reply);
        var kept = facts.request().map(written -> (ObjectNode) Json.read(written)).orElseGet(Json::object);
        return new ResponseJson(reply, kept, facts.previous(), reply.isStored(), () -> responses().ended(reply));
    }

    private ReplyText found(Context ctx) {
        return ResponseId.RESPONSE.read(ctx.pathParam("response"))
                .flatMap(id -> replies.find(authentication.of(ctx).id(), id)).orElseThrow(Refused::notFound);
    }

    /// GET /v1/responses/{response}
    public void show(Context ctx) {
        var credential = authentication.credential(ctx);
        var text = found(ctx);
        var query = new ResponseQuery(ctx, Set.of("stream", "starting_after", "include_obfuscation"));
        if (query.flag("include_obfuscation")) {
            throw OpenAiError.invalid("include_obfuscation", "include_obfuscation is not supported by this server.");
        }
        boolean streaming = query.flag("stream");
        var after = query.number("starting_after");
        if (!streaming && after.isPresent()) {
            throw OpenAiError.invalid("starting_after", "starting_after needs stream=true.");
        } else if (!streaming) {
            Json.answer(ctx, json(text).now(text.now()));
            return;
        }
        var place = after.isPresent() ? ResponsePlace.behind(text.reply(), text.now(), after.get())
                : ResponsePlace.first(text.reply(), text.now());
        try (var permit = readers.admit(credential)) {
            readers.open(ctx, permit, text, place, json(text), new Mode(true, true, true));
        }
    }

    /// POST /v1/responses/{response}/cancel
    public void cancel(Context ctx) {
        Body.discard(ctx);
        var text = found(ctx);
        replies.stop(text.reply().owner(), text.reply().id());
        Json.answer(ctx, json(text).now(found(ctx).now()));
    }

    /// DELETE /v1/responses/{response}
    public void delete(Context ctx) {
        var reply = found(ctx).reply();
        replies.stop(reply.owner(), reply.id());
        if (!responses().delete(reply)) {
            throw Refused.notFound();
        }
        Json.answer(ctx, Json.object().put("id", ResponseId.RESPONSE.of(reply.id())).put("object", "response").put("deleted", true));
    }

    /// GET /v1/responses/{response}/input_items
    public void input(Context ctx) {
        var reply = found(ctx).reply();
        var query = new ResponseQuery(ctx, Set.of("limit", "order", "after", "before"));
        var items = new ArrayList<JsonNode>();
        if (reply.prompt() != null) { // one that was imported may have none
            new StoredItems(database, replies, reply.owner()).ofPrompt(reply.prompt()).forEach(items::add);
        }
        if (!query.word("order", "desc", "asc").equals("asc")) {
            Collections.reverse(items);
        }
        var ids = items.stream().map(item -> item.path("id").asText()).toList();
        int from = query.oneOf("after", ids).map(at -> at + 1).orElse(0);
        int end = query.oneOf("before", ids).orElse(items.size());
        int to = (int) Math.clamp(from + query.number("limit", 1, MAX_PAGE).orElse((long) PAGE), from, Math.max(from, end));
        var page = items.subList(from, to);
        var answer = Json.object().put("object", "list").put("has_more", to < end)
                .put("first_id", page.isEmpty() ? null : page.getFirst().path("id").asText())
                .put("last_id", page.isEmpty() ? null : page.getLast().path("id").asText());
        answer.putArray("data").addAll(page);
        Json.answer(ctx, answer);
    }
}
