package runnel.web.account;

import io.javalin.http.Context;
import runnel.account.PasswordRules;
import runnel.account.Passwords;
import runnel.account.Requester;
import runnel.chat.Refused;
import runnel.store.account.Accounts;
import runnel.store.account.MailTokens;
import runnel.web.http.Authentication;
import runnel.web.http.Fields;
import runnel.web.http.Json;

/// What people do by links in mails: choose another password for one that they forgot, and show that an address is their own.
record MailRoutes(Authentication authentication, Accounts accounts, MailTokens mailTokens, Passwords passwords,
        AccountMails accountMails, RateLimits rateLimits) {
    private static final String OVER = "does not work any more: ask for a new link";

    /// POST /api/password/forgot: the same answer, at the same time, whether or not there is such an account.
    void forgot(Context ctx) {
        var fields = new Fields(Json.read(ctx));
        var email = fields.email("email");
        fields.check();
        if (!accountMails.sent()) {
            throw Refused.conflict("no-mail",
                    "This server sends no mail. Ask its administrator for a link to choose a new password.");
        }
        rateLimits.mail(ctx, email.orElseThrow().key());
        Thread.ofVirtual().start(() -> accounts.find(email.orElseThrow()).filter(account -> !account.disabled())
                .ifPresent(account -> accountMails.reset(account.user())));
        ctx.status(202);
    }

    /// POST /api/password/reset
    void reset(Context ctx) {
        var fields = new Fields(Json.read(ctx));
        var token = fields.secret("token");
        var password = fields.secret("password");
        fields.check();
        var holder = mailTokens.holder(token);
        holder.ifPresentOrElse(
                user -> PasswordRules.wrongWith(password, user.name(), user.email()).ifPresent(wrong -> fields.wrong("password", wrong)),
                () -> fields.wrong("token", OVER));
        fields.check();
        if (!mailTokens.reset(token, passwords.hash(password, Requester.account(holder.orElseThrow().id())))) {
            throw Refused.field("token", OVER);
        }
        ctx.status(204);
    }

    /// POST /api/email/send
    void send(Context ctx) {
        var user = authentication.of(ctx);
        if (!accountMails.sent() || user.verified()) {
            throw Refused.conflict("no-mail", user.verified() ? "The address is verified already." : "This server sends no mail.");
        }
        rateLimits.mail(ctx, user.id());
        accountMails.verification(user);
        ctx.status(202);
    }

    /// POST /api/email/verify
    void verify(Context ctx) {
        var fields = new Fields(Json.read(ctx));
        var token = fields.secret("token");
        fields.check();
        if (!mailTokens.verify(token)) {
            throw Refused.field("token", OVER);
        }
        ctx.status(204);
    }
}
