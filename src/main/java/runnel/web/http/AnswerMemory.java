package runnel.web.http;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import runnel.chat.Problem;
import runnel.chat.Refused;

/// A budget for the long texts that are in memory while answers with them are written, which takes as long as their readers like: a
/// share of the heap, of which one client has at most a quarter. One that is longer is the only one of its client. Where others wait,
/// who takes an answer too slowly is cut off.
public final class AnswerMemory {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /// For requests that need no log-in, as of whoever has a link.
    private static final AnswerMemory STRANGERS = new AnswerMemory(Runtime.getRuntime().maxMemory() / 16, PATIENCE);
    private static final AnswerMemory MEMBERS = new AnswerMemory(Runtime.getRuntime().maxMemory() / 4, PATIENCE);
    private static final int SMALL = 1 << 20;
    private static final int LOOK_MILLIS = 200;
    private static final Problem BUSY = new Problem("busy", 503, "Busy",
            "Too many long texts are being sent at once. Try again in a moment.");

    private final List<Claim> held = new ArrayList<>();
    /// In the order in which they came.
    private final Set<Claim> waiting = new LinkedHashSet<>();
    private final long size;
    private final long patienceNanos;

    /// @param size     in bytes
    /// @param patience how long an answer waits for its room
    AnswerMemory(long size, Duration patience) {
        this.size = size;
        this.patienceNanos = patience.toNanos();
    }

    private static final class Claim {
        private final String client;
        private final long bytes;
        private Runnable cutOffIfSlow = () -> {};

        Claim(String client, long bytes) {
            this.client = client;
            this.bytes = bytes;
        }
    }

    /// Writes an answer as soon as there is room for its longest text.
    ///
    /// @throws Refused where there is none for too long
    public static void answer(Context ctx, long longestBytes, Runnable write) {
        var member = Authorization.user(ctx);
        var connection = new HttpConnection(ctx);
        (member.isPresent() ? MEMBERS : STRANGERS).answer(member.or(connection::client).orElse(""), longestBytes,
                connection::cutOffIfSlow, write);
    }

    /// @param begin makes when the answer begins what ends it where its client takes it too slowly
    void answer(String client, long longestBytes, Supplier<Runnable> begin, Runnable write) {
        if (longestBytes <= SMALL) {
            write.run();
            return;
        }
        var claim = new Claim(client, Math.min(size, longestBytes));
        take(claim, begin);
        try {
            write.run();
        } finally {
            release(claim);
        }
    }

    private synchronized void take(Claim claim, Supplier<Runnable> begin) {
        long began = System.nanoTime();
        waiting.add(claim);
        try {
            while (!isNext(claim)) {
                if (System.nanoTime() - began >= patienceNanos) {
                    throw new Refused(BUSY);
                }
                wait(LOOK_MILLIS);
                List.copyOf(held).forEach(other -> other.cutOffIfSlow.run());
            }
            claim.cutOffIfSlow = begin.get();
            held.add(claim);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new Refused(BUSY);
        } finally {
            waiting.remove(claim);
            notifyAll();
        }
    }

    private synchronized void release(Claim claim) {
        held.remove(claim);
        notifyAll();
    }

    /// Those that wait for others of their own client hold up nobody else.
    private boolean isNext(Claim claim) {
        return Optional.of(claim).equals(waiting.stream().filter(this::isWithinShare).findFirst())
                && bytes(held) + claim.bytes <= size;
    }

    private boolean isWithinShare(Claim claim) {
        long own = bytes(held.stream().filter(other -> other.client.equals(claim.client)).toList());
        return own == 0 || own + claim.bytes <= size / 4;
    }

    private static long bytes(List<Claim> claims) {
        return claims.stream().mapToLong(claim -> claim.bytes).sum();
    }
}
