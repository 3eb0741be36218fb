package runnel.web.account;

import io.javalin.http.Context;
import java.util.Map;
import runnel.chat.Refused;
import runnel.store.MailTokens;
import runnel.web.http.Authentication;
import runnel.web.http.Fields;
import runnel.web.http.Json;

/// Shows that an e-mail address is the person's own.
record Verification(Authentication authentication, MailTokens mailTokens, AccountMails accountMails, RateLimits rateLimits) {
    /// POST /api/email/send
    void send(Context ctx) {
        var user = authentication.of(ctx);
        if (!accountMails.sent() || user.verified()) {
            throw Refused.conflict("no-mail", user.verified() ? "The address is verified already."
                    : "This server sends no mail.", Map.of());
        }
        rateLimits.mail(ctx, user.id());
        accountMails.verification(user);
        ctx.status(202);
    }

    /// POST /api/email/verify
    void verify(Context ctx) {
        var fields = new Fields(Json.read(ctx, SignUp.FEW_BYTES));
        var token = fields.secret("token");
        fields.check();
        if (!mailTokens.verify(token)) {
            fields.wrong("token", "does not work any more: ask for a new link");
        }
        fields.check();
        ctx.status(204);
    }
}
