package runnel.web.account;

import io.javalin.http.Context;
import java.util.Map;
import runnel.account.PasswordRules;
import runnel.account.Passwords;
import runnel.account.Requester;
import runnel.chat.Refused;
import runnel.store.Accounts;
import runnel.store.MailTokens;
import runnel.web.http.Fields;
import runnel.web.http.Json;

/// Forgotten passwords.
record PasswordResets(Accounts accounts, MailTokens mailTokens, Passwords passwords, AccountMails accountMails,
        RateLimits rateLimits) {
    /// POST /api/password/forgot: the same answer, at the same time, whether or not there is such an account.
    void forgot(Context ctx) {
        var fields = new Fields(Json.read(ctx, SignUp.FEW_BYTES));
        var email = fields.email("email");
        fields.check();
        if (!accountMails.sent()) {
            throw Refused.conflict("no-mail",
                    "This server sends no mail. Ask its administrator for a link to choose a new password.", Map.of());
        }
        rateLimits.mail(ctx, email.orElseThrow().key());
        Thread.ofVirtual().start(() -> accounts.find(email.orElseThrow()).filter(account -> !account.disabled())
                .ifPresent(account -> accountMails.reset(account.user())));
        ctx.status(202);
    }

    /// POST /api/password/reset
    void reset(Context ctx) {
        var fields = new Fields(Json.read(ctx, SignUp.FEW_BYTES));
        var token = fields.secret("token");
        var password = fields.secret("password");
        fields.check();
        mailTokens.holder(token).ifPresentOrElse(
                user -> PasswordRules.wrongWith(password, user.name(), user.email()).ifPresent(wrong -> fields.wrong("password", wrong)),
                () -> fields.wrong("token", "does not work any more: ask for a new link"));
        fields.check();
        if (!mailTokens.reset(token, passwords.hash(password, Requester.TRUSTED))) {
            fields.wrong("token", "does not work any more: ask for a new link");
        }
        fields.check();
        ctx.status(204);
    }
}
