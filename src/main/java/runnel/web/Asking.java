package runnel.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.function.Supplier;
import runnel.chat.Parent;
import runnel.reply.Replies;
import runnel.reply.Sampling;
import runnel.reply.Started;
import runnel.store.Ask;

/// `POST /api/chat` and its kin: starts a reply, and answers with its ids or with the reply itself.
final class Asking {
    private static final int MOST_PROMPT_CHARACTERS = 1_000_000;
    private static final int MOST_SYSTEM_CHARACTERS = 100_000;
    /// A character can take twelve bytes, as an escaped surrogate pair.
    private static final int MOST_BYTES = 12 * (MOST_PROMPT_CHARACTERS + MOST_SYSTEM_CHARACTERS) + 10_000;
    private static final int FEW_BYTES = 10_000;
    private static final int MOST_NAME = 200;

    private final Visitors visitors;
    private final Replies replies;
    private final Reading reading;

    Asking(Visitors visitors, Replies replies, Reading reading) {
        this.visitors = visitors;
        this.replies = replies;
        this.reading = reading;
    }

    /// POST /api/chat
    void ask(Context ctx) {
        var owner = visitors.of(ctx).id();
        var object = Json.read(ctx, MOST_BYTES);
        var fields = new Fields(object);
        var id = fields.uuid("id");
        var ask = new Ask(owner, id, id.map(_ -> fingerprint(object)).orElse(""), fields.text("chat", MOST_NAME), parent(fields),
                fields.required("prompt", MOST_PROMPT_CHARACTERS), fields.text("model", MOST_NAME), fields.free("system", MOST_SYSTEM_CHARACTERS));
        var sampling = new Sampling(fields.number("temperature", 0, 2), fields.whole("max_tokens", 1, Integer.MAX_VALUE));
        if (!object.path("attachments").isEmpty()) {
            fields.wrong("attachments", "are not taken by this server");
        }
        fields.check();
        answer(ctx, owner, () -> replies.start(ask, sampling));
    }

    /// JSON null begins the chat anew beside its first prompt.
    private static Parent parent(Fields fields) {
        return fields.nulled("parent") ? new Parent.None()
                : fields.text("parent", MOST_NAME).<Parent>map(Parent.Id::new).orElse(new Parent.Newest());
    }

    /// The same for bodies that ask for the same, whatever the order of their fields.
    private static String fingerprint(ObjectNode object) {
        var sorted = new TreeMap<String, Object>();
        object.forEachEntry(sorted::put);
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(sorted.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// POST /api/replies/{reply}/regenerate
    void regenerate(Context ctx) {
        var owner = visitors.of(ctx).id();
        var fields = new Fields(ctx.contentType() == null ? Json.object() : Json.read(ctx, FEW_BYTES));
        var model = fields.text("model", MOST_NAME);
        fields.check();
        answer(ctx, owner, () -> replies.regenerate(owner, ctx.pathParam("reply"), model));
    }

    /// POST /api/replies/{reply}/continue
    void goOn(Context ctx) {
        Body.skip(ctx);
        var owner = visitors.of(ctx).id();
        answer(ctx, owner, () -> replies.goOn(owner, ctx.pathParam("reply")));
    }

    /// POST /api/replies/{reply}/stop
    void stop(Context ctx) {
        Body.skip(ctx);
        var end = replies.stop(visitors.of(ctx).id(), ctx.pathParam("reply"));
        Json.answer(ctx, EventJson.end(end).put("reply", ctx.pathParam("reply")));
    }

    private void answer(Context ctx, String owner, Supplier<Started> start) {
        var kind = Kind.accepted(ctx, Kind.IDS, Kind.EVENTS, Kind.TEXT);
        var seat = reading.admit(kind, visitors.pass(ctx)); // before the reply starts, so that a refusal costs nothing
        try {
            var started = start.get();
            ctx.header("Location", path(started));
            seat.ifPresentOrElse(taken -> reading.whole(ctx, kind, taken, owner, started.reply()), () -> ids(ctx, started));
        } catch (RuntimeException refused) {
            seat.ifPresent(Streams.Seat::giveBack);
            throw refused;
        }
    }

    private static void ids(Context ctx, Started started) {
        ctx.status(started.fresh() ? 201 : 200);
        Json.answer(ctx, Json.object().put("chat", started.chat()).put("message", started.message())
                .put("reply", started.reply()).put("sse", path(started)));
    }

    private static String path(Started started) {
        return "/api/sse/" + started.reply();
    }
}
