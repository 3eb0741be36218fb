package runnel.web.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.Optional;
import runnel.account.Email;
import runnel.account.PasswordRules;
import runnel.account.Passwords;
import runnel.account.Requester;
import runnel.account.User;
import runnel.chat.Secret;
import runnel.reply.Replies;
import runnel.store.Accounts;
import runnel.store.Sessions;
import runnel.web.http.Authentication;
import runnel.web.http.Fields;
import runnel.web.http.Json;

/// The visitor's own account.
final class MeRoutes {
    private final Authentication authentication;
    private final Accounts accounts;
    private final Sessions sessions;
    private final Passwords passwords;
    private final OwnPassword own;
    private final Logins logins;
    private final Replies replies;
    private final AccountMails accountMails;
    private final RateLimits rateLimits;

    MeRoutes(Authentication authentication, Accounts accounts, Sessions sessions, Passwords passwords, OwnPassword own,
            Logins logins, Replies replies,
            AccountMails accountMails, RateLimits rateLimits) {
        this.authentication = authentication;
        this.accounts = accounts;
        this.sessions = sessions;
        this.passwords = passwords;
        this.own = own;
        this.logins = logins;
        this.replies = replies;
        this.accountMails = accountMails;
        this.rateLimits = rateLimits;
    }

    static ObjectNode json(User user) {
        return Json.object().put("id", user.id()).put("name", user.name()).put("email", user.email())
                .put("role", user.role().wire()).put("verified", user.verified());
    }

    /// GET /api/me
    void show(Context ctx) {
        Json.answer(ctx, json(authentication.of(ctx)));
    }

    /// PATCH /api/me. Where a forgotten password is answered by mail, the address is as good as the password, and takes it.
    void change(Context ctx) {
        var user = authentication.of(ctx);
        var fields = new Fields(Json.read(ctx, SignUp.FEW_BYTES));
        var name = fields.text("name", SignUp.MAX_NAME);
        var email = fields.has("email") ? fields.email("email") : Optional.<Email>empty();
        boolean same = email.isEmpty() || email.get().key().equals(new Email(user.email()).key());
        var password = same || !accountMails.sent() ? Optional.<Secret>empty() : Optional.of(fields.secret("password"));
        fields.check();
        password.ifPresent(given -> own.check(ctx, user.id(), given));
        if (!same && accountMails.sent()) {
            rateLimits.mail(ctx, user.id()); // or it would write to whomever the visitor names, as often as they like
        }
        accounts.change(user.id(), name, email);
        var changed = accounts.find(user.id()).orElseThrow().user();
        if (!same) {
            accountMails.verification(changed);
        }
        Json.answer(ctx, json(changed));
    }

    /// PUT /api/me/password
    void password(Context ctx) {
        var credential = authentication.credential(ctx);
        var user = credential.user();
        var fields = new Fields(Json.read(ctx, SignUp.FEW_BYTES));
        var current = fields.secret("current");
        var next = fields.secret("password");
        fields.check();
        own.check(ctx, user.id(), current);
        PasswordRules.wrongWith(next, user.name(), user.email()).ifPresent(wrong -> fields.wrong("password", wrong));
        fields.check();
        boolean remember = sessions.find(user.id(), credential.id()).filter(session -> session.remember()).isPresent();
        accounts.password(user.id(), passwords.hash(next, Requester.TRUSTED));
        logins.again(ctx, credential, remember);
        ctx.status(204);
    }

    /// DELETE /api/me
    void delete(Context ctx) {
        var user = authentication.of(ctx);
        var fields = new Fields(Json.read(ctx, SignUp.FEW_BYTES));
        var password = fields.secret("password");
        fields.check();
        own.check(ctx, user.id(), password);
        accounts.delete(user.id());
        replies.stopAll(reply -> reply.owner().equals(user.id())); // only now that it cannot be refused
        logins.letOut(ctx);
        ctx.status(204);
    }
}
