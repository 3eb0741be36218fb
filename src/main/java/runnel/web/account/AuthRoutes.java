package runnel.web.account;

import io.javalin.http.Context;
import java.util.Locale;
import java.util.Optional;
import runnel.account.Account;
import runnel.account.PasswordRules;
import runnel.account.Passwords;
import runnel.account.Requester;
import runnel.account.User;
import runnel.chat.Refused;
import runnel.chat.Secret;
import runnel.settings.Auth;
import runnel.store.account.Accounts;
import runnel.web.http.Fields;
import runnel.web.http.Json;

/// What nobody needs to be logged in for: to make an account, to log in and to log out.
record AuthRoutes(Registrations registrations, Accounts accounts, Passwords passwords, Logins logins, RateLimits rateLimits,
        AccountMails accountMails) {
    static final int MAX_NAME = 100;

    /// GET /api/auth: what the page must know before anybody is logged in.
    void show(Context ctx) {
        var people = registrations.people;
        var answer = Json.object().put("auth", people.auth().name().toLowerCase(Locale.ROOT));
        if (people.auth() == Auth.ACCOUNTS) {
            answer.put("registration", people.registration().name().toLowerCase(Locale.ROOT)).put("first", accounts.none())
                    .put("token", registrations.wanted()).put("mail", accountMails.sent())
                    .put("verification", people.requireVerifiedEmail());
        }
        Json.answer(ctx, answer);
    }

    /// POST /api/register: makes an account and logs it in.
    void register(Context ctx) {
        registrations.requireOpen();
        var fields = new Fields(Json.read(ctx));
        var name = fields.required("name", MAX_NAME);
        var email = fields.email("email");
        var password = fields.secret("password");
        fields.check();
        var requester = rateLimits.signUp(ctx);
        boolean mayFound = registrations.allows(fields);
        if (registrations.wanted() && !mayFound) {
            Registrations.requireToken(fields);
        }
        PasswordRules.wrongWith(password, name, email.orElseThrow().typed()).ifPresent(wrong -> fields.wrong("password", wrong));
        fields.check();
        var added = accounts.add(name, email.orElseThrow(), Optional.of(passwords.hash(password, requester)), false, mayFound);
        if (added.isEmpty()) {
            registrations.wanted(); // prints one
            Registrations.requireToken(fields);
            fields.check();
        }
        welcome(ctx, added.orElseThrow());
    }

    private void welcome(Context ctx, User user) {
        if (user.role() == User.Role.ADMIN) {
            registrations.spend();
        }
        if (registrations.people.requireVerifiedEmail()) {
            accountMails.verification(user);
        }
        logins.letIn(ctx, user, false);
        ctx.status(201);
        Json.answer(ctx, MeRoutes.json(user));
    }

    /// POST /api/login
    void login(Context ctx) {
        var fields = new Fields(Json.read(ctx));
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
        var known = account.filter(found -> !requester.trusted() && logins.hasBegunFrom(ctx, found.user()))
                .map(found -> Requester.account(found.user().id())).orElse(requester);
        if (!passwords.fits(password, account.flatMap(Account::password), known)) {
            throw new Refused("wrong-login", 401, "Wrong login", "The e-mail address or the password is wrong.");
        }
        if (account.orElseThrow().disabled()) {
            throw new Refused("account-disabled", 403, "Account disabled",
                    "This account is disabled. Ask the administrator of this server.");
        }
        return account.orElseThrow();
    }

    /// Hashes anew where the old hash was made by the parameters of another time.
    private void renew(Account account, Secret password) {
        var id = account.user().id();
        account.password().filter(passwords::outdated)
                .ifPresent(old -> accounts.rehash(id, old, passwords.hash(password, Requester.account(id))));
    }

    /// POST /api/logout
    void logout(Context ctx) {
        logins.letOut(ctx);
        ctx.status(204);
    }
}
