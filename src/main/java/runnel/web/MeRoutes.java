package runnel.web;

import io.javalin.http.Context;
import java.util.Optional;
import runnel.account.Email;
import runnel.account.PasswordRules;
import runnel.account.Passwords;
import runnel.chat.Secret;
import runnel.reply.Replies;
import runnel.store.Accounts;
import runnel.store.Sessions;

/// The visitor's own account.
final class MeRoutes {
    private final Visitors visitors;
    private final Accounts accounts;
    private final Sessions sessions;
    private final Passwords passwords;
    private final OwnPassword own;
    private final Entrance entrance;
    private final Replies replies;
    private final Letters letters;
    private final Brakes brakes;

    MeRoutes(Visitors visitors, Accounts accounts, Sessions sessions, Passwords passwords, OwnPassword own, Entrance entrance, Replies replies,
            Letters letters, Brakes brakes) {
        this.visitors = visitors;
        this.accounts = accounts;
        this.sessions = sessions;
        this.passwords = passwords;
        this.own = own;
        this.entrance = entrance;
        this.replies = replies;
        this.letters = letters;
        this.brakes = brakes;
    }

    /// GET /api/me
    void show(Context ctx) {
        Json.answer(ctx, MeJson.of(visitors.of(ctx)));
    }

    /// PATCH /api/me. Where a forgotten password is answered by mail, the address is as good as the password, and takes it.
    void change(Context ctx) {
        var user = visitors.of(ctx);
        var fields = new Fields(Json.read(ctx, SignUp.FEW_BYTES));
        var name = fields.text("name", SignUp.MOST_NAME).orElse(user.name());
        var email = fields.has("email") ? fields.email("email") : Email.of(user.email());
        boolean same = email.isEmpty() || email.get().key().equals(new Email(user.email()).key());
        var password = same || !letters.sent() ? Optional.<Secret>empty() : Optional.of(fields.secret("password"));
        fields.check();
        password.ifPresent(given -> own.check(ctx, user.id(), given));
        if (!same && letters.sent()) {
            brakes.mail(ctx, user.id()); // or it would write to whomever the visitor names, as often as they like
        }
        accounts.change(user.id(), name, email.orElseThrow(), user.verified() && same);
        var changed = accounts.find(user.id()).orElseThrow().user();
        if (!same) {
            letters.verification(changed);
        }
        Json.answer(ctx, MeJson.of(changed));
    }

    /// PUT /api/me/password
    void password(Context ctx) {
        var pass = visitors.pass(ctx);
        var user = pass.user();
        var fields = new Fields(Json.read(ctx, SignUp.FEW_BYTES));
        var current = fields.secret("current");
        var next = fields.secret("password");
        fields.check();
        own.check(ctx, user.id(), current);
        PasswordRules.wrongWith(next, user.name(), user.email()).ifPresent(wrong -> fields.wrong("password", wrong));
        fields.check();
        boolean remember = sessions.find(user.id(), pass.id()).filter(session -> session.remember()).isPresent();
        accounts.password(user.id(), passwords.hash(next));
        entrance.again(ctx, pass, remember);
        ctx.status(204);
    }

    /// DELETE /api/me
    void delete(Context ctx) {
        var user = visitors.of(ctx);
        var fields = new Fields(Json.read(ctx, SignUp.FEW_BYTES));
        var password = fields.secret("password");
        fields.check();
        own.check(ctx, user.id(), password);
        accounts.delete(user.id());
        replies.stopAll(reply -> reply.owner().equals(user.id())); // only now that it cannot be refused
        entrance.letOut(ctx);
        ctx.status(204);
    }
}
