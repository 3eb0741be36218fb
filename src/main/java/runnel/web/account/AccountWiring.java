package runnel.web.account;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import runnel.account.Credential;
import runnel.account.Passwords;
import runnel.chat.Refused;
import runnel.chat.Secret;
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
import runnel.web.http.RequestGuards;
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

    /// People with accounts: by the cookie of a session, or by a personal token.
    private record AccountAuthentication(Sessions sessions, PersonalTokens tokens, SessionCookie cookie) implements Authentication {
        private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([\\x21-\\x7e]{1,200}) *");
        private static final String FOUND = "runnel.found";
        /// How long what was found is believed: a request may take far longer than what let it in lasts.
        private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

        @Override
        public Optional<Credential> find(Context ctx) {
            if (ctx.attribute(FOUND) instanceof Remembered found && System.nanoTime() - found.at < FRESH_NANOS) {
                return Optional.of(found.credential);
            }
            var found = bearer(ctx).map(tokens::pass)
                    .orElseGet(() -> cookie.read(ctx).flatMap(sessions::pass).map(credential -> believed(ctx, credential)));
            found.ifPresent(credential -> ctx.attribute(FOUND, new Remembered(credential, System.nanoTime())));
            return found;
        }

        private record Remembered(Credential credential, long at) {}

        /// A token that is sent is what counts, even a wrong one. Other schemes are a proxy's business.
        private static Optional<Secret> bearer(Context ctx) {
            var header = Optional.ofNullable(ctx.header("Authorization")).orElse("");
            if (!header.regionMatches(true, 0, "Bearer", 0, 6)) {
                return Optional.empty();
            }
            var parts = BEARER.matcher(header);
            return Optional.of(new Secret(parts.matches() ? parts.group(1) : ""));
        }

        /// A browser says on its own where a request comes from that changes something; [RequestGuards] has looked at what it says. A
        /// cookie that comes without is not believed.
        private static Credential believed(Context ctx, Credential credential) {
            if (!RequestGuards.SAFE.contains(ctx.req().getMethod()) && ctx.header("Sec-Fetch-Site") == null
                    && ctx.header("Origin") == null) {
                throw new Refused("cross-site", 403, "Cross-site",
                        "This request does not say where it comes from. Send Origin with the cookie, or a personal token as "
                                + "Authorization: Bearer.");
            }
            return credential;
        }
    }
}
