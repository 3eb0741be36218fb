package runnel.web;

import io.javalin.http.Context;
import runnel.store.Accounts;

/// `GET /api/auth`: what the page must know before anybody is logged in.
final class AuthRoutes {
    private final AccountOptions options;
    private final Accounts accounts;
    private final FirstToken first;
    private final Letters letters;

    AuthRoutes(AccountOptions options, Accounts accounts, FirstToken first, Letters letters) {
        this.options = options;
        this.accounts = accounts;
        this.first = first;
        this.letters = letters;
    }

    void show(Context ctx) {
        var answer = Json.object().put("auth", options.accounts() ? "accounts" : "none");
        if (options.accounts()) {
            answer.put("registration", options.open() ? "open" : "closed").put("first", accounts.none()).put("token", first.wanted())
                    .put("mail", letters.sent()).put("verification", options.verified());
        }
        Json.answer(ctx, answer);
    }
}
