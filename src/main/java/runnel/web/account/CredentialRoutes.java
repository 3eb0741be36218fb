package runnel.web.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import runnel.account.PersonalToken;
import runnel.account.Session;
import runnel.chat.Refused;
import runnel.store.account.PersonalTokens;
import runnel.store.account.Sessions;
import runnel.web.http.Authentication;
import runnel.web.http.Fields;
import runnel.web.http.Json;

/// What lets the visitor in: the browsers that are logged in, and personal tokens. A token itself is in the answer to its making,
/// and in no other.
record CredentialRoutes(Authentication authentication, Sessions sessions, PersonalTokens tokens) {
    private static final int MAX_NAME = 100;
    private static final int MAX_DAYS = 3_650;

    /// GET /api/me/sessions
    void sessions(Context ctx) {
        var credential = authentication.credential(ctx);
        Json.answer(ctx, Json.list("sessions", sessions.list(credential.user().id()), session -> row(session, credential.id())));
    }

    private static ObjectNode row(Session session, String current) {
        return Json.object().put("id", session.id()).put("agent", session.agent()).put("address", session.address())
                .put("created", session.created()).put("seen", session.seen()).put("remember", session.remember())
                .put("current", session.id().equals(current));
    }

    /// DELETE /api/me/sessions/{session}
    void endSession(Context ctx) {
        Refused.requireFound(sessions.end(authentication.of(ctx).id(), ctx.pathParam("session")));
        ctx.status(204);
    }

    /// DELETE /api/me/sessions: all but the one that asks
    void endOtherSessions(Context ctx) {
        var credential = authentication.credential(ctx);
        sessions.endOthers(credential.user().id(), credential.id());
        ctx.status(204);
    }

    /// GET /api/me/tokens
    void tokens(Context ctx) {
        Json.answer(ctx, Json.list("tokens", tokens.list(authentication.of(ctx).id()), CredentialRoutes::row));
    }

    private static ObjectNode row(PersonalToken token) {
        return Json.object().put("id", token.id()).put("name", token.name()).put("created", token.created())
                .put("used", token.used().orElse(null)).put("expires", token.ends().orElse(null));
    }

    /// POST /api/me/tokens
    void makeToken(Context ctx) {
        var fields = new Fields(Json.read(ctx));
        var name = fields.required("name", MAX_NAME);
        var ends = ends(fields, System.currentTimeMillis());
        fields.check();
        var made = tokens.make(authentication.of(ctx).id(), name, ends);
        ctx.status(201);
        Json.answer(ctx, row(made.token()).put("token", made.value().reveal()));
    }

    /// When a new token ends, in epoch milliseconds: after some days, or as the answer says it. Never, where neither is given.
    private static Optional<Long> ends(Fields fields, long now) {
        var days = fields.whole("days", 1, MAX_DAYS);
        var expires = fields.whole("expires", now + 1, now + millis(MAX_DAYS));
        if (fields.has("days") && fields.has("expires")) {
            fields.wrong("expires", "must not be given beside days");
        }
        return days.map(some -> now + millis(some)).or(() -> expires);
    }

    private static long millis(long days) {
        return Duration.ofDays(days).toMillis();
    }

    /// DELETE /api/me/tokens/{token}
    void deleteToken(Context ctx) {
        Refused.requireFound(tokens.delete(authentication.of(ctx).id(), ctx.pathParam("token")));
        ctx.status(204);
    }
}
