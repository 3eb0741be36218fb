package runnel.account;

import java.text.Normalizer;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import runnel.chat.Refused;
import runnel.chat.Secret;

/// Hashes passwords and checks them, a few at a time and in [FairTurns]: each takes 19 MiB and some 35 ms of a core. They run on
/// platform threads of their own, since on a virtual one they would hold up every stream that shares its carrier.
public final class Passwords implements AutoCloseable {
    private static final long MAX_SECONDS = 30;

    private final ExecutorService threads;
    private final FairTurns turns = new FairTurns();
    private final Argon2 parameters;
    private volatile String nobodys;

    public Passwords() {
        this(Argon2.OWASP, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    Passwords(Argon2 parameters, int atOnce) {
        this.parameters = parameters;
        this.threads = Executors.newFixedThreadPool(atOnce, Thread.ofPlatform().daemon().name("passwords-", 0).factory());
    }

    public String hash(Secret password, Requester requester) {
        return run(requester, () -> parameters.hash(normal(password)).written());
    }

    /// Takes the same time whether or not there is a hash.
    ///
    /// @param hash of the account, where there is such an account and it has a password
    public boolean fits(Secret password, Optional<String> hash, Requester requester) {
        return run(requester, () -> Argon2.Hash.read(hash.orElseGet(this::nobodys)).orElseThrow().fits(normal(password)))
                && hash.isPresent();
    }

    /// Whether a hash was made by other parameters than those of today.
    public boolean outdated(String hash) {
        return !Argon2.Hash.read(hash).map(Argon2.Hash::parameters).equals(Optional.of(parameters));
    }

    private String nobodys() {
        if (nobodys == null) {
            nobodys = parameters.hash(Token.random().reveal()).written();
        }
        return nobodys;
    }

    /// The same password typed on another keyboard or system is the same text then (NIST SP 800-63B, 3.1.1.2).
    static String normal(Secret password) {
        return Normalizer.normalize(password.reveal(), Normalizer.Form.NFKC);
    }

    private <T> T run(Requester requester, Callable<T> work) {
        var task = new FutureTask<>(work);
        if (!turns.add(requester, task)) {
            throw busy();
        }
        threads.execute(() -> turns.next().ifPresent(Runnable::run));
        try {
            return task.get(MAX_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        } catch (TimeoutException | InterruptedException tooLong) {
            task.cancel(false);
            throw busy();
        }
    }

    private static Refused busy() {
        return new Refused("busy", 503, "Busy", "Too many people are logging in at once. Try again in a moment.");
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
