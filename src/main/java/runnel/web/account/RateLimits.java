package runnel.web.account;

import io.javalin.http.Context;
import java.time.Duration;
import runnel.account.RateLimit;
import runnel.chat.Problem;
import runnel.chat.Refused;
import runnel.web.http.ClientAddress;

/// What may be tried how often. An address may be a whole office's, so it has far more tries than an account.
final class RateLimits {
    private final RateLimit guessesOfAccount = new RateLimit(10, Duration.ofSeconds(30));
    private final RateLimit guessesOfAddress = new RateLimit(100, Duration.ofSeconds(5));
    private final RateLimit signUps = new RateLimit(40, Duration.ofSeconds(30));
    private final RateLimit mailsToAccount = new RateLimit(3, Duration.ofMinutes(10));
    private final RateLimit mailsOfAddress = new RateLimit(40, Duration.ofSeconds(30));
    private final ClientAddress clientAddress;

    RateLimits(ClientAddress clientAddress) {
        this.clientAddress = clientAddress;
    }

    /// Before a password is checked.
    ///
    /// @param account what was typed as its name, whether or not there is one
    void guess(Context ctx, String account) {
        press(ctx, guessesOfAddress, clientAddress.household(ctx));
        press(ctx, guessesOfAccount, account);
    }

    /// The password was right.
    void right(Context ctx, String account) {
        guessesOfAddress.release(clientAddress.household(ctx));
        guessesOfAccount.release(account);
    }

    void signUp(Context ctx) {
        press(ctx, signUps, clientAddress.household(ctx));
    }

    void mail(Context ctx, String account) {
        press(ctx, mailsOfAddress, clientAddress.household(ctx));
        press(ctx, mailsToAccount, account);
    }

    private static void press(Context ctx, RateLimit rateLimit, String key) {
        rateLimit.take(key).ifPresent(wait -> {
            ctx.header("Retry-After", Long.toString(wait.toSeconds() + 1));
            throw new Refused(new Problem("too-many-tries", 429, "Too many tries", "That was tried too often. Wait a moment, then try again."));
        });
    }
}
