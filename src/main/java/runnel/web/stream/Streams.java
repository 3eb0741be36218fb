package runnel.web.stream;

import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import runnel.account.Credential;
import runnel.chat.Place;
import runnel.chat.Problem;
import runnel.chat.Refused;
import runnel.reply.ReplyText;
import runnel.web.http.Connection;

/// All open streams: caps how many there are, keeps their heartbeats, lets go of readers who have vanished, and closes streams
/// when the server stops or their reader is shut out.
public final class Streams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);
    private static final long MAX_TICK_MILLIS = 2_000;
    private static final int TICKS_PER_HEARTBEAT = 8;
    private static final int LOOKS_PER_HEARTBEAT = 2;
    /// So that a heartbeat lies between the first and the last.
    private static final int SILENT_LOOKS = LOOKS_PER_HEARTBEAT + 1;
    private static final Duration LAST_BYTES = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(5);

    private final Map<OpenStream, StreamPermit> open = new ConcurrentHashMap<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final KeyedLimit owners;
    private final KeyedLimit replies;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("heartbeats").factory());
    private final int most;
    private Unheard unheard;
    private volatile boolean closed;

    /// @param most how many may be open in all
    public Streams(Duration heartbeat, int most, int maxPerOwner, int maxPerReply) {
        this.most = most;
        this.owners = new KeyedLimit(maxPerOwner);
        this.replies = new KeyedLimit(maxPerReply);
        long tick = Math.min(MAX_TICK_MILLIS, heartbeat.toMillis() / TICKS_PER_HEARTBEAT);
        clock.scheduleAtFixedRate(() -> tick(heartbeat.toNanos()), tick, tick, TimeUnit.MILLISECONDS);
        long look = heartbeat.toMillis() / LOOKS_PER_HEARTBEAT;
        clock.scheduleAtFixedRate(this::look, look, look, TimeUnit.MILLISECONDS);
    }

    private void tick(long heartbeat) {
        long now = System.nanoTime();
        try {
            open.keySet().forEach(stream -> stream.tick(now, heartbeat));
        } catch (RuntimeException unexpected) {
            LOG.error("A heartbeat failed.", unexpected); // the clock forgets a task that throws
        }
    }

    /// Lets go of readers who have vanished. Nothing of this is loaded before somebody reads.
    private void look() {
        if (open.isEmpty()) {
            return;
        }
        try {
            unheard = unheard == null ? new Unheard(SILENT_LOOKS) : unheard;
            var silent = unheard.look();
            open.forEach((stream, permit) -> {
                if (stream.vanished(silent)) {
                    permit.over = true;
                    stream.abandon();
                }
            });
        } catch (IOException | RuntimeException unexpected) {
            LOG.warn("Nobody knows now which readers have vanished; looking again soon.", unexpected);
        }
    }

    /// Makes [#close] wait until this request is answered to its last byte: a reader that waits on a thread of its own leaves
    /// its place before that.
    void awaitAnswer(Context ctx) {
        unanswered.incrementAndGet();
        Request.addCompletionListener(ServletContextRequest.getServletContextRequest(ctx.req()), _ -> unanswered.decrementAndGet());
    }

    /// Takes one of the reader's places, before anything is answered. It must be used or given back.
    ///
    /// @param credential what let the reader in; when it does so no more, what is open by it comes to an end
    /// @throws Refused where all are taken
    StreamPermit admit(Credential credential) {
        var owner = credential.user().id();
        if (closed) {
            throw new Refused(new Problem("stopping", 503, "Stopping", "The server is restarting. Try again in a moment."));
        }
        if (open.size() >= most || !owners.take(owner)) {
            throw new Refused(new Problem("too-many-streams", 429, "Too many streams", "Too many streams are open at once. Close some of them."));
        }
        return new StreamPermit(credential);
    }

    /// Takes a place to read this reply.
    StreamPermit admit(Credential credential, String reply) {
        var permit = admit(credential);
        try {
            permit.read(reply);
            return permit;
        } catch (Refused full) {
            permit.release();
            throw full;
        }
    }

    /// A place that was taken for one stream.
    public final class StreamPermit {
        private final Credential credential;
        private Optional<String> reply = Optional.empty();
        private volatile boolean over;

        private StreamPermit(Credential credential) {
            this.credential = credential;
        }

        /// Makes this a place at one reply; one that was not known when the place was taken.
        ///
        /// @throws Refused where it has as many readers as it may have
        void read(String id) {
            if (!replies.take(id)) {
                throw new Refused(new Problem("too-many-readers", 429, "Too many readers", "Too many are reading this reply at once. Close some of them."));
            }
            reply = Optional.of(id);
        }

        public void release() {
            owners.release(credential.user().id());
            reply.ifPresent(replies::release);
        }

        /// Is open until it is closed, and is woken when the server stops or its reader is shut out or has vanished.
        WaitingPoll park(Runnable wake, Connection reader) {
            var parked = new WaitingPoll(reply.isPresent() ? "poll" : "notifications", wake, reader, open::remove);
            open.put(parked, this);
            return parked;
        }

        boolean closed() {
            return closed || over;
        }

        /// Streams a reply, and gives the place back in the end.
        ReplyStream stream(ReplyText text, Place place, Wire wire) {
            var stream = new ReplyStream(text, place, wire, gone -> {
                open.remove(gone);
                release();
            });
            open.put(stream, this);
            stream.begin();
            if (closed()) {
                stream.finish();
            }
            return stream;
        }
    }

    public int size() {
        return open.size();
    }

    /// How many are open on each transport that has any.
    public Map<String, Long> byTransport() {
        return open.keySet().stream().collect(Collectors.groupingBy(OpenStream::transport, Collectors.counting()));
    }

    /// What has let in those who are reading now.
    Set<Credential> passes() {
        return open.values().stream().map(permit -> permit.credential).collect(Collectors.toSet());
    }

    /// Ends what is open by a pass.
    void evict(Credential credential) {
        open.forEach((stream, permit) -> {
            if (permit.credential.equals(credential)) {
                permit.over = true;
                stream.finish();
            }
        });
    }

    /// Ends all streams such that their readers come back with their cursors, and gives them a moment to take the last
    /// bytes: once Jetty stops, an answer that still ends finds its request recycled.
    @Override
    public void close() {
        closed = true;
        open.keySet().forEach(OpenStream::finish);
        long deadline = System.nanoTime() + LAST_BYTES.toNanos();
        while ((!open.isEmpty() || unanswered.get() > 0) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
        clock.shutdown();
    }
}
