package runnel.web.account;

import java.util.Optional;
import java.util.function.Supplier;
import runnel.account.Credential;
import runnel.account.Passwords;
import runnel.mail.MailServer;
import runnel.mail.Mailer;
import runnel.reply.Replies;
import runnel.settings.Auth;
import runnel.settings.Settings;
import runnel.store.Database;
import runnel.store.account.Accounts;
import runnel.store.account.MailTokens;
import runnel.store.account.PersonalTokens;
import runnel.store.account.Sessions;
import runnel.web.http.Authentication;
import runnel.web.http.Authorization;
import runnel.web.http.ClientAddress;
import runnel.web.stream.Evictions;
import runnel.web.stream.Streams;

/// Everything that decides who may come in, wired by hand.
public record AccountWiring(Authentication authentication, Authorization authorization, AccountRoutes routes, Registrations registrations,
        Passwords passwords, Evictions evictions) implements AutoCloseable {
    /// @param site the address that people type
    public static AccountWiring of(Settings settings, ClientAddress clientAddress, Database database, Replies replies,
            Streams streams, Supplier<String> site) {
        var people = settings.people();
        boolean hasAccounts = people.auth() == Auth.ACCOUNTS;
        var passwords = new Passwords();
        var accounts = new Accounts(database);
        var sessions = new Sessions(database);
        var tokens = new PersonalTokens(database);
        var cookie = new SessionCookie(clientAddress, settings.listening().base());
        var mailTokens = new MailTokens(database);
        var mailer = people.smtpUrl().map(url -> new Mailer(MailServer.of(url, people.mailFrom())));
        var accountMails = new AccountMails(mailer, mailTokens, site);
        var rateLimits = new RateLimits(clientAddress);
        Authentication authentication = hasAccounts ? new AccountAuthentication(sessions, tokens, cookie)
                : _ -> Optional.of(Credential.LOCAL);
        var registrations = new Registrations(people, accounts, settings.listening().isReached());
        var logins = new Logins(authentication, sessions, cookie, clientAddress);
        var routes = new AccountRoutes(
                new AuthRoutes(registrations, accounts, passwords, logins, rateLimits, accountMails),
                new MailRoutes(authentication, accounts, mailTokens, passwords, accountMails, rateLimits),
                new MeRoutes(accounts, passwords, logins, replies, accountMails, rateLimits),
                new CredentialRoutes(authentication, sessions, tokens));
        return new AccountWiring(authentication, new Authorization(authentication, hasAccounts, people.requireVerifiedEmail()),
                routes, registrations, passwords, new Evictions(streams, database));
    }

    /// Tells the operator what the first account takes, where it takes anything.
    public void welcome() {
        registrations.wanted();
    }

    @Override
    public void close() {
        evictions.close();
        passwords.close();
    }
}
