package runnel.web.account;

import java.util.Optional;
import java.util.function.Supplier;
import runnel.account.Credential;
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
    private final Evictions evictions;
    private final FirstToken first;
    private final Authentication authentication;
    private final Authorization authorization;
    private final AccountRoutes routes;

    /// @param site the address that people type
    public AccountWiring(AccountOptions options, ClientAddress clientAddress, Database database, Replies replies,
            Streams streams, Supplier<String> site) {
        var accounts = new Accounts(database);
        var sessions = new Sessions(database);
        var tokens = new PersonalTokens(database);
        var cookie = new SessionCookie(clientAddress, options.base());
        var mailTokens = new MailTokens(database);
        var accountMails = new AccountMails(options.mail().map(Mailer::new), mailTokens, site);
        var rateLimits = new RateLimits(clientAddress);
        this.authentication = options.accounts() ? new AccountAuthentication(sessions, tokens, cookie) : _ -> Optional.of(Credential.LOCAL);
        this.evictions = new Evictions(streams, database);
        this.first = new FirstToken(accounts, options.open() && options.guarded());
        this.authorization = new Authorization(authentication, options.accounts(), options.verified());
        var logins = new Logins(authentication, sessions, cookie, clientAddress);
        this.routes = new AccountRoutes(
                new AuthRoutes(options, accounts, passwords, first, logins, rateLimits, accountMails),
                new MailRoutes(authentication, accounts, mailTokens, passwords, accountMails, rateLimits),
                new MeRoutes(accounts, passwords, logins, replies, accountMails, rateLimits),
                new CredentialRoutes(authentication, sessions, tokens));
    }

    public Authentication authentication() {
        return authentication;
    }

    public Authorization authorization() {
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
        evictions.close();
        passwords.close();
    }
}
