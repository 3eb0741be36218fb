package runnel.web;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import runnel.chat.Parent;
import runnel.chat.Preset;
import runnel.chat.Refused;
import runnel.chat.Sampling;
import runnel.reply.Replies;
import runnel.store.chat.Presets;
import runnel.store.chat.RunningReply;
import runnel.store.reply.AcceptedPrompt;
import runnel.store.reply.NewPrompt;
import runnel.store.reply.NewPrompt.Keep;
import runnel.upstream.Upstream;
import runnel.web.http.Authentication;
import runnel.web.http.Body;
import runnel.web.http.Fields;
import runnel.web.http.Json;
import runnel.web.http.ReplyFormat;
import runnel.web.http.SamplingFields;
import runnel.web.stream.EventJson;
import runnel.web.stream.StreamRoutes;

/// `POST /api/chat` and its kin: starts a reply, and answers with its ids or with the reply itself.
///
/// @param base the path below which everything lives, as `/chat`, or nothing
record PromptRoutes(Authentication authentication, Replies replies, Upstream upstream, Presets presets,
        StreamRoutes streams, String base) {
    static final int MAX_PROMPT_CHARACTERS = 1_000_000;
    private static final int MAX_SYSTEM_CHARACTERS = 100_000;
    /// A character can take twelve bytes, as an escaped surrogate pair.
    private static final int MAX_BYTES = 12 * (MAX_PROMPT_CHARACTERS + MAX_SYSTEM_CHARACTERS) + 10_000;
    static final int MAX_NAME = 200;
    static final int MAX_ATTACHMENTS = 20;
    private static final String NOT_OFFERED = "is not offered by this server; GET /api/models lists those that are";

    /// POST /api/chat
    void ask(Context ctx) {
        var owner = authentication.of(ctx).id();
        var object = Json.read(ctx, MAX_BYTES);
        var fields = new Fields(object);
        var id = fields.uuid("id");
        var models = models(fields);
        var attachments = fields.texts("attachments", MAX_ATTACHMENTS, MAX_NAME);
        var ask = new NewPrompt(owner, id, id.map(_ -> Json.fingerprint(object)).orElse(""), fields.text("chat", MAX_NAME), parent(fields),
                fields.required("prompt", MAX_PROMPT_CHARACTERS), model(fields).or(() -> models.stream().findFirst()),
                fields.free("system", MAX_SYSTEM_CHARACTERS), attachments).besides(models.stream().skip(1).toList());
        var sampling = SamplingFields.read(fields);
        var preset = fields.text("preset", MAX_NAME);
        boolean temporary = fields.flag("temporary").orElse(false);
        if (temporary && ask.chat().isPresent()) {
            fields.wrong("temporary", "is for a new chat");
        }
        fields.check();
        answer(ctx, () -> replies.before(ask).orElseGet(() -> begin(ask, sampling, preset, temporary)));
    }

    /// A preset is looked up only for what was not sent before: what was is what it was, whatever became of its preset.
    private AcceptedPrompt begin(NewPrompt ask, Sampling given, Optional<String> id, boolean temporary) {
        var preset = id.map(known -> presets.find(ask.owner(), known).orElseThrow(Refused::notFound));
        preset.flatMap(Preset::model).filter(model -> ask.model().isEmpty() && !upstream.offers(model)).ifPresent(_ -> {
            throw Refused.field("preset", "names a model that is not offered by this server");
        });
        var chosen = preset.map(Preset::sampling).orElse(Sampling.DEFAULT);
        return replies.start(ask.keeping(ask.model().or(() -> preset.flatMap(Preset::model)),
                ask.system().or(() -> preset.flatMap(Preset::system)),
                new Keep(ask.chat().isPresent() ? chosen : given.or(chosen), temporary)), given.or(chosen));
    }

    private Optional<String> model(Fields fields) {
        var model = fields.text("model", MAX_NAME);
        if (!model.map(upstream::offers).orElse(true)) {
            fields.wrong("model", NOT_OFFERED);
        }
        return model;
    }

    /// Those that are to answer side by side, or none.
    private List<String> models(Fields fields) {
        var models = fields.texts("models", RunningReply.MAX_BESIDE, MAX_NAME).stream().map(String::strip).toList();
        if (fields.has("models") && fields.has("model")) {
            fields.wrong("models", "cannot be given together with model");
        } else if (fields.has("models") && models.stream().map(upstream::fullName).distinct().count() != Math.max(2, models.size())) {
            fields.wrong("models", "must be from %d to %d different models".formatted(2, RunningReply.MAX_BESIDE));
        } else if (!models.stream().allMatch(model -> !model.isEmpty() && upstream.offers(model))) {
            fields.wrong("models", NOT_OFFERED);
        }
        return models;
    }

    /// JSON null begins the chat anew beside its first prompt.
    private static Parent parent(Fields fields) {
        return fields.nulled("parent") ? new Parent.None()
                : fields.text("parent", MAX_NAME).<Parent>map(Parent.Id::new).orElse(new Parent.Newest());
    }

    /// POST /api/replies/{reply}/regenerate
    void regenerate(Context ctx) {
        var owner = authentication.of(ctx).id();
        var fields = new Fields(ctx.header("Content-Type") == null ? Json.object() : Json.read(ctx));
        var model = model(fields);
        var change = SamplingFields.change(fields);
        fields.check();
        answer(ctx, () -> replies.regenerate(owner, ctx.pathParam("reply"), model, change));
    }

    /// POST /api/replies/{reply}/continue
    void resume(Context ctx) {
        Body.discard(ctx);
        var owner = authentication.of(ctx).id();
        answer(ctx, () -> replies.resume(owner, ctx.pathParam("reply")));
    }

    /// POST /api/replies/{reply}/stop
    void stop(Context ctx) {
        Body.discard(ctx);
        var end = replies.stop(authentication.of(ctx).id(), ctx.pathParam("reply"));
        Json.answer(ctx, EventJson.end(end).put("reply", ctx.pathParam("reply")));
    }

    void answer(Context ctx, Supplier<AcceptedPrompt> start) {
        var format = ReplyFormat.accepted(ctx, ReplyFormat.IDS, ReplyFormat.EVENTS, ReplyFormat.TEXT);
        if (format == ReplyFormat.IDS) {
            var acceptedPrompt = start.get();
            ctx.header("Location", sse(acceptedPrompt.reply()));
            ids(ctx, acceptedPrompt);
            return;
        }
        try (var permit = streams.admit(ctx)) { // before the reply starts, so that a refusal costs nothing
            var acceptedPrompt = start.get();
            ctx.header("Location", sse(acceptedPrompt.reply()));
            streams.answer(ctx, format, permit, acceptedPrompt.reply());
        }
    }

    private void ids(Context ctx, AcceptedPrompt acceptedPrompt) {
        ctx.status(acceptedPrompt.fresh() ? 201 : 200);
        var ids = Json.object().put("chat", acceptedPrompt.chat()).put("message", acceptedPrompt.message())
                .put("reply", acceptedPrompt.reply()).put("sse", sse(acceptedPrompt.reply()));
        if (!acceptedPrompt.answers().isEmpty()) {
            var replies = ids.putArray("replies");
            acceptedPrompt.answers().forEach(answer -> replies.addObject().put("reply", answer.reply()).put("model", answer.model())
                    .put("sse", sse(answer.reply())));
        }
        Json.answer(ctx, ids);
    }

    private String sse(String reply) {
        return base + "/api/sse/" + reply;
    }
}
