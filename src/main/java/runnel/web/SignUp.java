package runnel.web;

import io.javalin.http.Context;
import java.util.Optional;
import runnel.account.PasswordRules;
import runnel.account.Passwords;
import runnel.account.User;
import runnel.chat.Problem;
import runnel.chat.Refused;
import runnel.store.Accounts;

/// `POST /api/register`: makes an account and logs it in.
final class SignUp {
    static final int FEW_BYTES = 20_000;
    static final int MOST_NAME = 100;

    private final AccountOptions options;
    private final Accounts accounts;
    private final Passwords passwords;
    private final FirstToken first;
    private final Entrance entrance;
    private final Brakes brakes;
    private final Letters letters;

    SignUp(AccountOptions options, Accounts accounts, Passwords passwords, FirstToken first, Entrance entrance, Brakes brakes, Letters letters) {
        this.options = options;
        this.accounts = accounts;
        this.passwords = passwords;
        this.first = first;
        this.entrance = entrance;
        this.brakes = brakes;
        this.letters = letters;
    }

    void register(Context ctx) {
        if (!options.open()) {
            throw new Refused(new Problem("registration-closed", 403, "Registration is closed", "Ask the administrator of this server for an account."));
        }
        var fields = new Fields(Json.read(ctx, FEW_BYTES));
        var name = fields.required("name", MOST_NAME);
        var email = fields.email("email");
        var password = fields.secret("password");
        fields.check();
        brakes.signUp(ctx);
        if (first.wanted() && !first.fits(fields.secret("token"))) {
            fields.wrong("token", "must be the one-time token that the server printed when it started");
        }
        PasswordRules.wrongWith(password, name, email.orElseThrow().typed()).ifPresent(wrong -> fields.wrong("password", wrong));
        fields.check();
        var user = accounts.add(name, email.orElseThrow(), Optional.of(passwords.hash(password)), false);
        if (user.role() == User.Role.ADMIN) {
            first.spend();
        }
        if (options.verified()) {
            letters.verification(user);
        }
        entrance.letIn(ctx, user, false);
        ctx.status(201);
        Json.answer(ctx, MeJson.of(user));
    }
}
