package runnel.web.stream;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import runnel.account.Credential;
import runnel.chat.Clock;
import runnel.chat.FaultLog;
import runnel.chat.KeyedLimit;
import runnel.chat.Problem;
import runnel.chat.Refused;
import runnel.web.stream.EventStream.Ending;

/// All open streams: limits how many there are, keeps their heartbeats, and ends them when the server stops or their reader is
/// shut out.
public final class Streams implements AutoCloseable {
    private static final long MAX_TICK_MILLIS = 2_000;
    private static final int TICKS_PER_HEARTBEAT = 8;
    /// What part of all may be open by links to shared chats, and what part of that by one visitor.
    private static final int LINKS_PART = 4;
    private static final FaultLog FAULTS = new FaultLog(LoggerFactory.getLogger(Streams.class)::error);
    private static final Duration LAST_BYTES = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(5);

    private final Map<EventStream<?>, Permit> open = new ConcurrentHashMap<>();
    private final Clock clock = new Clock("heartbeats", FAULTS);
    private final Semaphore all;
    private final Semaphore byLink;
    private final KeyedLimit owners;
    private final KeyedLimit visitors;
    private final KeyedLimit replies;
    private volatile boolean closed;

    /// @param most how many may be open in all
    public Streams(Duration heartbeat, int most, int maxPerOwner, int maxPerReply) {
        this.all = new Semaphore(most);
        this.byLink = new Semaphore(Math.max(1, most / LINKS_PART));
        this.owners = new KeyedLimit(maxPerOwner);
        this.visitors = new KeyedLimit(Math.clamp(most / LINKS_PART / LINKS_PART, 1, maxPerOwner));
        this.replies = new KeyedLimit(maxPerReply);
        long nanos = heartbeat.toNanos();
        clock.every(Duration.ofMillis(Math.min(MAX_TICK_MILLIS, heartbeat.toMillis() / TICKS_PER_HEARTBEAT)), () -> tick(nanos));
    }

    private void tick(long heartbeat) {
        long now = System.nanoTime();
        open.keySet().forEach(stream -> FAULTS.guard(() -> stream.tick(now, heartbeat)));
    }

    Clock clock() {
        return clock;
    }

    /// Takes a permit before anything is answered. Above the most that one user may have, the stream of theirs that was told
    /// something longest ago ends; if its reader lives, it comes back with its cursor. Those who read by links to shared chats take
    /// nothing from the chats' owners, and of all streams at most a part.
    ///
    /// @param credential what let the reader in; when it does so no more, what is open by it comes to an end
    /// @throws Refused where all are taken
    public Permit admit(Credential credential) {
        var owner = credential.user().id();
        boolean shared = credential.kind() == Credential.Kind.SHARE;
        var most = shared ? List.of(all, byLink) : List.of(all);
        var owners = shared ? visitors : this.owners;
        if (closed) {
            throw new Refused(Problem.STOPPING);
        }
        take(most);
        while (!owners.take(owner)) {
            if (!endSilent(owner)) {
                most.forEach(Semaphore::release);
                throw tooMany();
            }
        }
        return new Permit(credential, () -> {
            owners.release(owner);
            most.forEach(Semaphore::release);
        });
    }

    /// One of each, or of none.
    private static void take(List<Semaphore> most) {
        for (int i = 0; i < most.size(); i++) {
            if (!most.get(i).tryAcquire()) {
                most.subList(0, i).forEach(Semaphore::release);
                throw tooMany();
            }
        }
    }

    private static Refused tooMany() {
        return new Refused("too-many-streams", 429, "Too many streams",
                "Too many streams are open at once. Close some of them.");
    }

    /// @return whether there was one to end
    private boolean endSilent(String owner) {
        var silent = open.entrySet().stream().filter(each -> !each.getValue().released.get()
                && each.getValue().credential.user().id().equals(owner))
                .min(Comparator.comparingLong(each -> each.getKey().told()));
        silent.ifPresent(each -> {
            each.getValue().release();
            each.getKey().abandon(Ending.REPLACED);
        });
        return silent.isPresent();
    }

    private <E> EventStream<E> open(Permit permit, Source<E> source, Wire<E> wire) {
        var opened = new EventStream<?>[1];
        var stream = new EventStream<>(source, wire, () -> {
            open.remove(opened[0]);
            permit.release();
        });
        opened[0] = stream;
        open.put(stream, permit);
        try {
            stream.begin();
        } catch (RuntimeException | Error fault) {
            stream.gone();
            throw fault;
        }
        if (closed) {
            stream.finish(Ending.STOPPING);
        }
        return stream;
    }

    public int size() {
        return open.size();
    }

    /// How many are open on each transport that has any.
    public Map<String, Long> byTransport() {
        return open.keySet().stream().collect(Collectors.groupingBy(EventStream::transport, Collectors.counting()));
    }

    /// What has let in those who are reading now, where that can end.
    Set<Credential> credentials() {
        return open.values().stream().map(permit -> permit.credential).filter(credential -> credential.kind() != Credential.Kind.LOCAL)
                .collect(Collectors.toSet());
    }

    /// Ends what is open by a credential.
    void evict(Credential credential) {
        open.forEach((stream, permit) -> {
            if (permit.credential.equals(credential)) {
                stream.abandon(Ending.SHUT_OUT);
            }
        });
    }

    /// Ends all streams such that their readers come back with their cursors. Who takes the last bytes has a moment for it, and
    /// who does not is cut off before Jetty stops: what Jetty aborts it recycles, and nothing may go on with it then.
    @Override
    public void close() {
        closed = true;
        open.keySet().forEach(stream -> FAULTS.guard(() -> stream.finish(Ending.STOPPING)));
        awaitEmpty();
        open.keySet().forEach(stream -> FAULTS.guard(() -> stream.cut(Ending.STOPPING)));
        awaitEmpty();
        clock.close();
    }

    private void awaitEmpty() {
        long deadline = System.nanoTime() + LAST_BYTES.toNanos();
        while (!open.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /// One of the streams that the server, a user and a reply may have open at once. It was taken, not counted, and is given back
    /// once: by [#close] where no stream was opened with it, else when nothing goes over that stream any more.
    public final class Permit implements AutoCloseable {
        private final AtomicBoolean released = new AtomicBoolean();
        final Credential credential;
        private final Runnable release;
        private Optional<String> reply = Optional.empty();
        private Runnable held = () -> {};
        private boolean used;

        private Permit(Credential credential, Runnable release) {
            this.credential = credential;
            this.release = release;
        }

        /// Makes this a permit to read one thing, which need not have been known when it was taken.
        ///
        /// @throws Refused where that is a reply that has as many readers as it may have
        void read(Source<?> source) {
            source.reply().ifPresent(this::read);
        }

        private void read(String id) {
            var readers = credential.kind() == Credential.Kind.SHARE ? "by link " + id : id; // else strangers might keep its owner out
            if (!replies.take(readers)) {
                throw new Refused("too-many-readers", 429, "Too many readers",
                        "Too many are reading this reply at once. Close some of them.");
            }
            reply = Optional.of(readers);
        }

        /// Opens a stream, which owns the permit from now on.
        ///
        /// @param wire is asked for one when nothing refuses any more
        /// @throws Refused where the source is a reply that has as many readers as it may have, or is too long for what memory is left
        public <E> EventStream<E> open(Source<E> source, Supplier<Wire<E>> wire) {
            read(source);
            held = source.held();
            var opened = wire.get();
            used = true;
            return Streams.this.open(this, source, opened);
        }

        private void release() {
            if (released.compareAndSet(false, true)) {
                release.run();
                held.run();
                reply.ifPresent(replies::release);
            }
        }

        @Override
        public void close() {
            if (!used) {
                release();
            }
        }
    }
}
