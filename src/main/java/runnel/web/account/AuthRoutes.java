package runnel.web.account;

import io.javalin.http.Context;
import runnel.store.Accounts;
import runnel.web.http.Json;

/// `GET /api/auth`: what the page must know before anybody is logged in.
record AuthRoutes(AccountOptions options, Accounts accounts, FirstToken first, AccountMails accountMails) {
    void show(Context ctx) {
        var answer = Json.object().put("auth", options.accounts() ? "accounts" : "none");
        if (options.accounts()) {
            answer.put("registration", options.open() ? "open" : "closed").put("first", accounts.none()).put("token", first.wanted())
                    .put("mail", accountMails.sent()).put("verification", options.verified());
        }
        Json.answer(ctx, answer);
    }
}
