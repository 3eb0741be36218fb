package runnel.web;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import runnel.account.Pass;
import runnel.chat.Place;
import runnel.chat.Problem;
import runnel.chat.Refused;
import runnel.reply.ReplyText;

/// All open streams: caps how many there are, keeps their heartbeats, and closes them when the server stops or their reader
/// is shut out.
final class Streams implements AutoCloseable {
    private static final long MOST_TICK_MILLIS = 1_000;
    private static final int TICKS_PER_HEARTBEAT = 8;
    private static final Duration LAST_BYTES = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(5);

    /// Something that is open for long.
    interface Open {
        /// Called often.
        default void tick(long now, long heartbeatNanos) {}

        /// Comes to an end soon, such that the reader comes back with its cursor.
        void finish();
    }

    private final Map<Open, Seat> open = new ConcurrentHashMap<>();
    private final Map<String, Integer> byOwner = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("heartbeats").factory());
    private final int most;
    private final int mostPerOwner;
    private volatile boolean closed;

    Streams(Duration heartbeat, int most, int mostPerOwner) {
        this.most = most;
        this.mostPerOwner = mostPerOwner;
        long tick = Math.min(MOST_TICK_MILLIS, heartbeat.toMillis() / TICKS_PER_HEARTBEAT);
        clock.scheduleAtFixedRate(() -> tick(heartbeat.toNanos()), tick, tick, TimeUnit.MILLISECONDS);
    }

    private void tick(long heartbeat) {
        long now = System.nanoTime();
        open.keySet().forEach(stream -> stream.tick(now, heartbeat));
    }

    /// Takes one of the reader's places, before anything is answered. It must be used or given back.
    ///
    /// @param pass what let the reader in; when it does so no more, what is open by it comes to an end
    /// @throws Refused where all are taken
    Seat admit(Pass pass) {
        var owner = pass.user().id();
        if (closed) {
            throw new Refused(new Problem("stopping", 503, "Stopping", "The server is restarting. Try again in a moment."));
        }
        boolean oneTooMany = byOwner.merge(owner, 1, Integer::sum) > mostPerOwner;
        if (oneTooMany || open.size() >= most) {
            release(owner);
            throw new Refused(new Problem("too-many-streams", 429, "Too many streams", "Too many replies are being read at once. Close some of them."));
        }
        return new Seat(pass);
    }

    private void release(String owner) {
        byOwner.computeIfPresent(owner, (_, count) -> count > 1 ? count - 1 : null);
    }

    /// A place that was taken for one stream.
    final class Seat {
        private final Pass pass;
        private volatile boolean revoked;

        private Seat(Pass pass) {
            this.pass = pass;
        }

        void giveBack() {
            release(pass.user().id());
        }

        /// Is open until it is closed, and is woken when the server stops or its reader is shut out.
        Parked park(Runnable wake) {
            var parked = new Parked(wake);
            open.put(parked, this);
            return parked;
        }

        boolean closed() {
            return closed || revoked;
        }

        /// Streams a reply, and gives the place back in the end.
        ReplyStream stream(ReplyText text, Place place, Wire wire) {
            var stream = new ReplyStream(text, place, wire, gone -> {
                open.remove(gone);
                giveBack();
            });
            open.put(stream, this);
            stream.begin();
            if (closed()) {
                stream.finish();
            }
            return stream;
        }
    }

    /// A reader that waits on a thread of its own.
    final class Parked implements Open, AutoCloseable {
        private final Runnable wake;

        private Parked(Runnable wake) {
            this.wake = wake;
        }

        @Override
        public void finish() {
            wake.run();
        }

        @Override
        public void close() {
            open.remove(this);
        }
    }

    int count() {
        return open.size();
    }

    /// What has let in those who are reading now.
    Set<Pass> passes() {
        return open.values().stream().map(seat -> seat.pass).collect(Collectors.toSet());
    }

    /// Ends what is open by a pass.
    void evict(Pass pass) {
        open.forEach((stream, seat) -> {
            if (seat.pass.equals(pass)) {
                seat.revoked = true;
                stream.finish();
            }
        });
    }

    /// Ends all streams such that their readers come back with their cursors, and gives them a moment to take the last
    /// bytes: once Jetty stops, an answer that still ends finds its request recycled.
    @Override
    public void close() {
        closed = true;
        open.keySet().forEach(Open::finish);
        long deadline = System.nanoTime() + LAST_BYTES.toNanos();
        while (!open.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
        clock.shutdown();
    }
}
