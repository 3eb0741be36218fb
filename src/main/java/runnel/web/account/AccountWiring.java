package runnel.web.account;

import java.util.Optional;
import java.util.function.Supplier;
import runnel.account.Passwords;
import runnel.mail.Mailer;
import runnel.reply.Replies;
import runnel.store.Accounts;
import runnel.store.Database;
import runnel.store.MailTokens;
import runnel.store.PersonalTokens;
import runnel.store.Sessions;
import runnel.web.http.Authentication;
import runnel.web.http.Authorization;
import runnel.web.http.ClientAddress;
import runnel.web.stream.Evictions;
import runnel.web.stream.Streams;

/// Everything that decides who may come in, wired by hand.
public final class AccountWiring implements AutoCloseable {
    private final Passwords passwords = new Passwords();
    private final Optional<Evictions> evictions;
    private final FirstToken first;
    private final Authentication authentication;
    private final Authorization authorization;
    private final AccountRoutes routes;

    /// @param site the address that people type
    public AccountWiring(AccountOptions options, ClientAddress clientAddress, Database database, Replies replies, Streams streams, Supplier<String> site) {
        var accounts = new Accounts(database);
        var sessions = new Sessions(database);
        var cookie = new SessionCookie(clientAddress);
        var tickets = new MailTokens(database);
        var letters = new AccountMails(options.mail().map(Mailer::new), tickets, site);
        var brakes = new RateLimits(clientAddress);
        this.authentication = options.accounts() ? new AccountAuthentication(database, cookie) : new LocalAuthentication();
        this.evictions = options.accounts() ? Optional.of(new Evictions(streams, database)) : Optional.empty();
        this.first = new FirstToken(accounts, options.open() && options.guarded());
        this.authorization = new Authorization(authentication, options.accounts(), options.verified());
        var entrance = new Logins(authentication, database, cookie, clientAddress);
        var own = new OwnPassword(accounts, passwords, brakes);
        this.routes = new AccountRoutes(new AuthRoutes(options, accounts, first, letters),
                new SignUp(options, accounts, passwords, first, entrance, brakes, letters), new SignIn(accounts, passwords, entrance, brakes),
                new MeRoutes(authentication, accounts, sessions, passwords, own, entrance, replies, letters, brakes),
                new SessionRoutes(authentication, sessions), new TokenRoutes(authentication, new PersonalTokens(database)),
                new PasswordResets(accounts, tickets, passwords, letters, brakes), new Verification(authentication, tickets, letters, brakes));
    }

    public Authentication visitors() {
        return authentication;
    }

    public Authorization gate() {
        return authorization;
    }

    public AccountRoutes routes() {
        return routes;
    }

    /// Tells the operator what the first account takes, where it takes anything.
    public void welcome() {
        first.wanted();
    }

    @Override
    public void close() {
        evictions.ifPresent(Evictions::close);
        passwords.close();
    }
}
