package runnel.web.account;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import runnel.account.RateLimit;
import runnel.account.Requester;
import runnel.chat.Refused;
import runnel.web.http.ClientAddress;

/// What may be tried how often. An address may be a whole office's, so it has far more tries than an account.
final class RateLimits {
    private static final int MAX_TRUSTED = 10_000;

    private final RateLimit guessesOfAccount = new RateLimit(10, Duration.ofSeconds(30));
    /// A try that was right is given back, but costs as much of the processor.
    private final RateLimit checksOfAccount = new RateLimit(60, Duration.ofSeconds(2));
    private final List<RateLimit> guesses = perNetwork(100, Duration.ofSeconds(5));
    private final List<RateLimit> signUps = perNetwork(40, Duration.ofSeconds(30));
    private final RateLimit mailsToAccount = new RateLimit(3, Duration.ofMinutes(10));
    private final List<RateLimit> mails = perNetwork(40, Duration.ofSeconds(30));
    /// From where each account's password was given rightly, the latest last.
    private final Set<String> trusted = Collections.synchronizedSet(new LinkedHashSet<>());
    private final ClientAddress clientAddress;

    RateLimits(ClientAddress clientAddress) {
        this.clientAddress = clientAddress;
    }

    /// A network of IPv6 that is 256 times as large as another has twice its tries.
    private static List<RateLimit> perNetwork(int atOnce, Duration each) {
        return List.of(new RateLimit(atOnce, each), new RateLimit(2 * atOnce, each.dividedBy(2)),
                new RateLimit(4 * atOnce, each.dividedBy(4)));
    }

    /// Before a password is checked.
    ///
    /// @param account what was typed as its name, whether or not there is one
    Requester guess(Context ctx, String account) {
        take(ctx, guesses);
        take(ctx, guessesOfAccount, account);
        take(ctx, checksOfAccount, account);
        return trusted.contains(place(ctx, account)) ? Requester.account(account) : new Requester(widest(ctx), false);
    }

    /// The password was right.
    void right(Context ctx, String account) {
        var networks = clientAddress.networks(ctx);
        IntStream.range(0, networks.size()).forEach(i -> guesses.get(i).release(networks.get(i)));
        guessesOfAccount.release(account);
        synchronized (trusted) {
            trusted.remove(place(ctx, account));
            trusted.add(place(ctx, account));
            if (trusted.size() > MAX_TRUSTED) {
                trusted.remove(trusted.iterator().next());
            }
        }
    }

    private String place(Context ctx, String account) {
        return clientAddress.networks(ctx).getFirst() + " " + account;
    }

    private String widest(Context ctx) {
        return clientAddress.networks(ctx).getLast();
    }

    Requester signUp(Context ctx) {
        take(ctx, signUps);
        return new Requester(widest(ctx), false);
    }

    void mail(Context ctx, String account) {
        take(ctx, mails);
        take(ctx, mailsToAccount, account);
    }

    private void take(Context ctx, List<RateLimit> limits) {
        var networks = clientAddress.networks(ctx);
        IntStream.range(0, networks.size()).forEach(i -> take(ctx, limits.get(i), networks.get(i)));
    }

    private static void take(Context ctx, RateLimit rateLimit, String key) {
        rateLimit.take(key).ifPresent(wait -> {
            ctx.header("Retry-After", Long.toString(wait.toSeconds() + 1));
            throw new Refused("too-many-tries", 429, "Too many tries",
                    "That was tried too often. Wait a moment, then try again.");
        });
    }
}
