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
public record AccountWiring(Authentication authentication, Authorization authorization, AccountRoutes routes, FirstToken first,
        Passwords passwords, Evictions evictions) implements AutoCloseable {
    /// @param site the address that people type
    public static AccountWiring of(AccountOptions options, ClientAddress clientAddress, Database database, Replies replies,
            Streams streams, Supplier<String> site) {
        var passwords = new Passwords();
        var accounts = new Accounts(database);
        var sessions = new Sessions(database);
        var tokens = new PersonalTokens(database);
        var cookie = new SessionCookie(clientAddress, options.base());
        var mailTokens = new MailTokens(database);
        var accountMails = new AccountMails(options.mail().map(Mailer::new), mailTokens, site);
        var rateLimits = new RateLimits(clientAddress);
        Authentication authentication = options.accounts() ? new AccountAuthentication(sessions, tokens, cookie) : _ -> Optional.of(Credential.LOCAL);
        var first = new FirstToken(accounts, options.open() && options.guarded());
        var logins = new Logins(authentication, sessions, cookie, clientAddress);
        var routes = new AccountRoutes(
                new AuthRoutes(options, accounts, passwords, first, logins, rateLimits, accountMails),
                new MailRoutes(authentication, accounts, mailTokens, passwords, accountMails, rateLimits),
                new MeRoutes(accounts, passwords, logins, replies, accountMails, rateLimits),
                new CredentialRoutes(authentication, sessions, tokens));
        return new AccountWiring(authentication, new Authorization(authentication, options.accounts(), options.verified()),
                routes, first, passwords, new Evictions(streams, database));
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
