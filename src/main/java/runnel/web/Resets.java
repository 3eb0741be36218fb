package runnel.web;

import io.javalin.http.Context;
import java.util.Map;
import runnel.account.PasswordRules;
import runnel.account.Passwords;
import runnel.chat.Refused;
import runnel.store.Accounts;
import runnel.store.Tickets;

/// Forgotten passwords.
final class Resets {
    private final Accounts accounts;
    private final Tickets tickets;
    private final Passwords passwords;
    private final Letters letters;
    private final Brakes brakes;

    Resets(Accounts accounts, Tickets tickets, Passwords passwords, Letters letters, Brakes brakes) {
        this.accounts = accounts;
        this.tickets = tickets;
        this.passwords = passwords;
        this.letters = letters;
        this.brakes = brakes;
    }

    /// POST /api/password/forgot: the same answer, at the same time, whether or not there is such an account.
    void forgot(Context ctx) {
        var fields = new Fields(Json.read(ctx, SignUp.FEW_BYTES));
        var email = fields.email("email");
        fields.check();
        if (!letters.sent()) {
            throw Refused.conflict("no-mail", "This server sends no mail. Ask its administrator for a link to choose a new password.", Map.of());
        }
        brakes.mail(ctx, email.orElseThrow().key());
        Thread.ofVirtual().start(() -> accounts.find(email.orElseThrow()).filter(account -> !account.disabled())
                .ifPresent(account -> letters.reset(account.user())));
        ctx.status(202);
    }

    /// POST /api/password/reset
    void reset(Context ctx) {
        var fields = new Fields(Json.read(ctx, SignUp.FEW_BYTES));
        var ticket = fields.secret("token");
        var password = fields.secret("password");
        fields.check();
        tickets.holder(ticket).ifPresentOrElse(
                user -> PasswordRules.wrongWith(password, user.name(), user.email()).ifPresent(wrong -> fields.wrong("password", wrong)),
                () -> fields.wrong("token", "does not work any more: ask for a new link"));
        fields.check();
        if (!tickets.reset(ticket, passwords.hash(password))) {
            fields.wrong("token", "does not work any more: ask for a new link");
        }
        fields.check();
        ctx.status(204);
    }
}
