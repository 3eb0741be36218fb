package runnel.web.account;

import io.javalin.http.Context;
import runnel.account.Account;
import runnel.account.Passwords;
import runnel.account.Requester;
import runnel.chat.Problem;
import runnel.chat.Refused;
import runnel.chat.Secret;
import runnel.store.Accounts;

/// Asks people who are logged in for their password before something that cannot be taken back: a browser that was left
/// open, or a token that was stolen, does not know it.
record OwnPassword(Accounts accounts, Passwords passwords, RateLimits rateLimits) {
    /// @throws Refused where it is not the password
    Account check(Context ctx, String id, Secret password) {
        var account = accounts.find(id).orElseThrow(Refused::notFound);
        rateLimits.guess(ctx, id);
        if (!passwords.fits(password, account.password(), Requester.TRUSTED)) {
            throw new Refused(new Problem("wrong-password", 403, "Wrong password", "That is not your present password."));
        }
        rateLimits.right(ctx, id);
        return account;
    }
}
