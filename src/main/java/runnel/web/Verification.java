package runnel.web;

import io.javalin.http.Context;
import java.util.Map;
import runnel.chat.Refused;
import runnel.store.Tickets;

/// Shows that an e-mail address is the person's own.
final class Verification {
    private final Visitors visitors;
    private final Tickets tickets;
    private final Letters letters;
    private final Brakes brakes;

    Verification(Visitors visitors, Tickets tickets, Letters letters, Brakes brakes) {
        this.visitors = visitors;
        this.tickets = tickets;
        this.letters = letters;
        this.brakes = brakes;
    }

    /// POST /api/email/send
    void send(Context ctx) {
        var user = visitors.of(ctx);
        if (!letters.sent() || user.verified()) {
            throw Refused.conflict("no-mail", user.verified() ? "The address is verified already." : "This server sends no mail.", Map.of());
        }
        brakes.mail(ctx, user.id());
        letters.verification(user);
        ctx.status(202);
    }

    /// POST /api/email/verify
    void verify(Context ctx) {
        var fields = new Fields(Json.read(ctx, SignUp.FEW_BYTES));
        var ticket = fields.secret("token");
        fields.check();
        if (!tickets.verify(ticket)) {
            fields.wrong("token", "does not work any more: ask for a new link");
        }
        fields.check();
        ctx.status(204);
    }
}
