package runnel.web.http;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import runnel.chat.Refused;

/// A budget for the memory of request bodies while they are read and understood, counted from the first byte: a claim of the heap.
/// When it is used up, a newer body takes the room of those that have been coming for longest, its own sender's first, so that
/// bodies that are held back keep nobody out.
final class BodyMemory {
    /// For requests that need no log-in. Their bodies are small and come at once.
    static final BodyMemory STRANGERS = new BodyMemory(Runtime.getRuntime().maxMemory() / 32);
    /// For those who were let in. A body is held twice while it grows, and its parts may take as much again.
    static final BodyMemory MEMBERS = new BodyMemory(Runtime.getRuntime().maxMemory() / 8);

    private final long size;
    private final Set<Claim> coming = new LinkedHashSet<>();
    private long free;
    private long held;

    /// @param size in bytes
    BodyMemory(long size) {
        this.size = size;
        this.free = size;
    }

    long size() {
        return size;
    }

    synchronized long taken() {
        return size - free;
    }

    /// @param sender whose body it is: an account or an address
    /// @param giveUp ends the request that the body belongs to
    synchronized Claim begin(String sender, Runnable giveUp) {
        var claim = new Claim(sender, giveUp);
        coming.add(claim);
        return claim;
    }

    /// What one body takes.
    final class Claim implements AutoCloseable {
        private final String sender;
        private final Runnable giveUp;
        private long taken;

        private Claim(String sender, Runnable giveUp) {
            this.sender = sender;
            this.giveUp = giveUp;
        }

        /// Has room for so many bytes in all.
        ///
        /// @throws Refused where there is none, or this body was given up meanwhile
        void grow(long bytes) {
            take(this, bytes - taken).forEach(oldest -> oldest.giveUp.run());
        }

        /// The body has come: it is not given up any more.
        void arrived() {
            synchronized (BodyMemory.this) {
                leave(this);
            }
        }

        @Override
        public void close() {
            synchronized (BodyMemory.this) {
                leave(this);
                free += taken;
                taken = 0;
            }
        }
    }

    private void leave(Claim claim) {
        if (coming.remove(claim)) {
            held -= claim.taken;
        }
    }

    /// @return the bodies that lost their room to this one
    private synchronized List<Claim> take(Claim claim, long more) {
        if (!coming.contains(claim) || more > free + held - claim.taken) {
            throw new Refused("busy", 503, "Busy", "Too many requests are being sent at once. Try again in a moment.");
        }
        var lost = new ArrayList<Claim>();
        if (more > free) {
            var oldest = coming.stream().filter(other -> other != claim && other.taken > 0)
                    .sorted(comparing(other -> !other.sender.equals(claim.sender))).iterator();
            while (more > free) {
                var next = oldest.next();
                next.close();
                lost.add(next);
            }
        }
        free -= more;
        held += more;
        claim.taken += more;
        return lost;
    }
}
