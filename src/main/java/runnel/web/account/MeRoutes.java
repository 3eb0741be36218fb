package runnel.web.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.Optional;
import runnel.account.Email;
import runnel.account.PasswordRules;
import runnel.account.Passwords;
import runnel.account.Requester;
import runnel.account.User;
import runnel.chat.Refused;
import runnel.chat.Secret;
import runnel.reply.Replies;
import runnel.store.account.Accounts;
import runnel.web.http.Fields;
import runnel.web.http.Json;

/// The visitor's own account.
record MeRoutes(Accounts accounts, Passwords passwords, Logins logins, Replies replies, AccountMails accountMails, RateLimits rateLimits) {
    static ObjectNode json(User user) {
        return Json.object().put("id", user.id()).put("name", user.name()).put("email", user.email())
                .put("role", user.role().wire()).put("verified", user.verified());
    }

    /// GET /api/me
    void show(Context ctx) {
        Json.answer(ctx, json(logins.authentication().of(ctx)));
    }

    /// PATCH /api/me. Where a forgotten password is answered by mail, the address is as good as the password, and takes it; and whoever
    /// may try addresses as often as they like learns who has an account.
    void change(Context ctx) {
        var user = logins.authentication().of(ctx);
        var fields = new Fields(Json.read(ctx));
        var name = fields.text("name", AuthRoutes.MAX_NAME);
        var email = fields.has("email") ? fields.email("email") : Optional.<Email>empty();
        boolean same = email.isEmpty() || email.get().key().equals(new Email(user.email()).key());
        var password = same ? Optional.<Secret>empty() : Optional.of(fields.secret("password"));
        fields.check();
        password.ifPresent(given -> requireOwn(ctx, user.id(), given));
        if (!same) {
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
        var credential = logins.authentication().credential(ctx);
        var user = credential.user();
        var fields = new Fields(Json.read(ctx));
        var current = fields.secret("current");
        var next = fields.secret("password");
        fields.check();
        requireOwn(ctx, user.id(), current);
        PasswordRules.wrongWith(next, user.name(), user.email()).ifPresent(wrong -> fields.wrong("password", wrong));
        fields.check();
        boolean remember = logins.sessions().find(user.id(), credential.id()).filter(session -> session.remember()).isPresent();
        accounts.password(user.id(), passwords.hash(next, Requester.account(user.id())));
        logins.again(ctx, credential, remember);
        ctx.status(204);
    }

    /// DELETE /api/me
    void delete(Context ctx) {
        var user = logins.authentication().of(ctx);
        var fields = new Fields(Json.read(ctx));
        var password = fields.secret("password");
        fields.check();
        requireOwn(ctx, user.id(), password);
        accounts.delete(user.id());
        replies.stopAll(reply -> reply.owner().equals(user.id())); // only now that it cannot be refused
        logins.letOut(ctx);
        ctx.status(204);
    }

    /// Asks people who are logged in for their password before something that cannot be taken back: a browser that was left
    /// open, or a token that was stolen, does not know it.
    ///
    /// @throws Refused where it is not the password
    private void requireOwn(Context ctx, String id, Secret password) {
        var account = accounts.find(id).orElseThrow(Refused::notFound);
        rateLimits.guess(ctx, id);
        if (!passwords.fits(password, account.password(), Requester.account(id))) {
            throw new Refused("wrong-password", 403, "Wrong password", "That is not your present password.");
        }
        rateLimits.right(ctx, id);
    }
}
