package runnel.web.account;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import runnel.account.Credential;
import runnel.chat.Refused;
import runnel.chat.Secret;
import runnel.store.account.PersonalTokens;
import runnel.store.account.Sessions;
import runnel.web.http.Authentication;
import runnel.web.http.RequestGuards;

/// People with accounts: by the cookie of a session, or by a personal token.
record AccountAuthentication(Sessions sessions, PersonalTokens tokens, SessionCookie cookie) implements Authentication {
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
        if (!RequestGuards.SAFE.contains(ctx.req().getMethod()) && ctx.header("Sec-Fetch-Site") == null && ctx.header("Origin") == null) {
            throw new Refused("cross-site", 403, "Cross-site",
                    "This request does not say where it comes from. Send Origin with the cookie, or a personal token as "
                            + "Authorization: Bearer.");
        }
        return credential;
    }
}
