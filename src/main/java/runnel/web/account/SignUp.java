package runnel.web.account;

import io.javalin.http.Context;
import java.util.Optional;
import runnel.account.PasswordRules;
import runnel.account.Passwords;
import runnel.account.User;
import runnel.chat.Problem;
import runnel.chat.Refused;
import runnel.store.Accounts;
import runnel.web.http.Fields;
import runnel.web.http.Json;

/// `POST /api/register`: makes an account and logs it in.
final class SignUp {
    static final int FEW_BYTES = 20_000;
    static final int MAX_NAME = 100;

    private final AccountOptions options;
    private final Accounts accounts;
    private final Passwords passwords;
    private final FirstToken first;
    private final Logins logins;
    private final RateLimits rateLimits;
    private final AccountMails accountMails;

    SignUp(AccountOptions options, Accounts accounts, Passwords passwords, FirstToken first, Logins logins,
            RateLimits rateLimits, AccountMails accountMails) {
        this.options = options;
        this.accounts = accounts;
        this.passwords = passwords;
        this.first = first;
        this.logins = logins;
        this.rateLimits = rateLimits;
        this.accountMails = accountMails;
    }

    void register(Context ctx) {
        if (!options.open()) {
            throw new Refused(new Problem("registration-closed", 403, "Registration is closed",
                    "Ask the administrator of this server for an account."));
        }
        var fields = new Fields(Json.read(ctx, FEW_BYTES));
        var name = fields.required("name", MAX_NAME);
        var email = fields.email("email");
        var password = fields.secret("password");
        fields.check();
        var requester = rateLimits.signUp(ctx);
        boolean mayFound = first.allows(fields);
        if (first.wanted() && !mayFound) {
            FirstToken.require(fields);
        }
        PasswordRules.wrongWith(password, name, email.orElseThrow().typed()).ifPresent(wrong -> fields.wrong("password", wrong));
        fields.check();
        var added = accounts.add(name, email.orElseThrow(), Optional.of(passwords.hash(password, requester)), false, mayFound);
        if (added.isEmpty()) {
            first.wanted(); // prints one
            FirstToken.require(fields);
            fields.check();
        }
        welcome(ctx, added.orElseThrow());
    }

    private void welcome(Context ctx, User user) {
        if (user.role() == User.Role.ADMIN) {
            first.spend();
        }
        if (options.verified()) {
            accountMails.verification(user);
        }
        logins.letIn(ctx, user, false);
        ctx.status(201);
        Json.answer(ctx, MeRoutes.json(user));
    }
}
