package runnel.web.account;

import io.javalin.http.Context;
import java.util.Optional;
import runnel.account.Account;
import runnel.account.Passwords;
import runnel.account.Requester;
import runnel.chat.Problem;
import runnel.chat.Refused;
import runnel.chat.Secret;
import runnel.store.Accounts;
import runnel.web.http.Fields;
import runnel.web.http.Json;

/// `POST /api/login` and `POST /api/logout`.
record SignIn(Accounts accounts, Passwords passwords, Logins logins, RateLimits rateLimits) {
    void login(Context ctx) {
        var fields = new Fields(Json.read(ctx, SignUp.FEW_BYTES));
        var email = fields.email("email");
        var password = fields.secret("password");
        boolean remember = fields.flag("remember").orElse(false);
        fields.check();
        var name = email.orElseThrow().key();
        var requester = rateLimits.guess(ctx, name);
        Account account;
        do {
            account = checked(ctx, accounts.find(email.orElseThrow()), password, requester);
        } while (!logins.letIn(ctx, account.user(), account.password(), remember)); // the password may change meanwhile
        rateLimits.right(ctx, name);
        renew(account, password);
        Json.answer(ctx, MeRoutes.json(account.user()));
    }

    private Account checked(Context ctx, Optional<Account> account, Secret password, Requester requester) {
        boolean trusted = requester.trusted() || account.filter(found -> logins.hasBegunFrom(ctx, found.user())).isPresent();
        if (!passwords.fits(password, account.flatMap(Account::password), new Requester(requester.network(), trusted))) {
            throw new Refused(new Problem("wrong-login", 401, "Wrong login", "The e-mail address or the password is wrong."));
        }
        if (account.orElseThrow().disabled()) {
            throw new Refused(new Problem("account-disabled", 403, "Account disabled",
                    "This account is disabled. Ask the administrator of this server."));
        }
        return account.orElseThrow();
    }

    /// Hashes anew where the old hash was made by the parameters of another time.
    private void renew(Account account, Secret password) {
        account.password().filter(passwords::outdated)
                .ifPresent(old -> accounts.rehash(account.user().id(), old, passwords.hash(password, Requester.TRUSTED)));
    }

    void logout(Context ctx) {
        logins.letOut(ctx);
        ctx.status(204);
    }
}
