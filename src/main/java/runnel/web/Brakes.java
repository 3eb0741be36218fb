package runnel.web;

import io.javalin.http.Context;
import java.time.Duration;
import runnel.account.Brake;
import runnel.chat.Problem;
import runnel.chat.Refused;

/// What may be tried how often. An address may be a whole office's, so it has far more tries than an account.
final class Brakes {
    private final Brake guessesOfAccount = new Brake(10, Duration.ofSeconds(30));
    private final Brake guessesOfAddress = new Brake(100, Duration.ofSeconds(5));
    private final Brake signUps = new Brake(40, Duration.ofSeconds(30));
    private final Brake mailsToAccount = new Brake(3, Duration.ofMinutes(10));
    private final Brake mailsOfAddress = new Brake(40, Duration.ofSeconds(30));
    private final Peers peers;

    Brakes(Peers peers) {
        this.peers = peers;
    }

    /// Before a password is checked.
    ///
    /// @param account what was typed as its name, whether or not there is one
    void guess(Context ctx, String account) {
        press(ctx, guessesOfAddress, peers.household(ctx));
        press(ctx, guessesOfAccount, account);
    }

    /// The password was right.
    void right(Context ctx, String account) {
        guessesOfAddress.giveBack(peers.household(ctx));
        guessesOfAccount.giveBack(account);
    }

    void signUp(Context ctx) {
        press(ctx, signUps, peers.household(ctx));
    }

    void mail(Context ctx, String account) {
        press(ctx, mailsOfAddress, peers.household(ctx));
        press(ctx, mailsToAccount, account);
    }

    private static void press(Context ctx, Brake brake, String key) {
        brake.take(key).ifPresent(wait -> {
            ctx.header("Retry-After", Long.toString(wait.toSeconds() + 1));
            throw new Refused(new Problem("too-many-tries", 429, "Too many tries", "That was tried too often. Wait a moment, then try again."));
        });
    }
}
