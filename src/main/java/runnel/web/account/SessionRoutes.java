package runnel.web.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import runnel.account.Session;
import runnel.chat.Refused;
import runnel.store.Sessions;
import runnel.web.http.Authentication;
import runnel.web.http.Json;

/// The browsers that the visitor is logged in with.
record SessionRoutes(Authentication authentication, Sessions sessions) {
    /// GET /api/me/sessions
    void list(Context ctx) {
        var credential = authentication.credential(ctx);
        var answer = Json.object();
        answer.putArray("sessions").addAll(sessions.list(credential.user().id()).stream()
                .map(session -> row(session, credential.id())).toList());
        Json.answer(ctx, answer);
    }

    private static ObjectNode row(Session session, String current) {
        return Json.object().put("id", session.id()).put("agent", session.agent()).put("address", session.address())
                .put("created", session.created()).put("seen", session.seen()).put("remember", session.remember())
                .put("current", session.id().equals(current));
    }

    /// DELETE /api/me/sessions/{session}
    void end(Context ctx) {
        if (!sessions.end(authentication.of(ctx).id(), ctx.pathParam("session"))) {
            throw Refused.notFound();
        }
        ctx.status(204);
    }

    /// DELETE /api/me/sessions: all but the one that asks
    void endOthers(Context ctx) {
        var credential = authentication.credential(ctx);
        sessions.endOthers(credential.user().id(), credential.id());
        ctx.status(204);
    }
}
