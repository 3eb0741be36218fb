package runnel.reply;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import runnel.chat.End;
import runnel.chat.Problem;
import runnel.chat.Refused;
import runnel.chat.Reply;
import runnel.chat.Status;
import runnel.chat.Sampling;
import runnel.store.Checkpoints;
import runnel.store.Database;
import runnel.store.IdempotencyKeys;
import runnel.store.NewPrompt;
import runnel.store.ReplyStarts;
import runnel.store.StartedReply;
import runnel.store.StoreException;
import runnel.store.StoredReplies;
import runnel.upstream.Call;
import runnel.upstream.Upstream;

/// All replies: starts, stops, continues and finds them. Each running reply has a virtual thread of its own, which is
/// its only writer; a reader that comes or goes changes nothing.
public final class Replies implements AutoCloseable {
    private static final long STOP_MILLIS = 10_000;
    private static final int MAX_LOOKS = 1_000;
    private static final long LOOK_NANOS = 2_000_000;

    private final Map<String, ReplyWriter> running = new ConcurrentHashMap<>();
    private final Database database;
    private final ReplyStarts replyStarts;
    private final StoredReplies stored;
    private final Checkpointer checkpointer;
    private final ReplyEndings replyEndings;
    private final ModelRequests modelRequests;
    private final Totals totals = new Totals();
    private final int maxRunning;
    private volatile boolean stopping;

    /// @param defaultSystem the first message of chats that were given none
    public Replies(Database database, Upstream upstream, String defaultSystem, ReplyDefaults replyDefaults) {
        this.database = database;
        this.replyStarts = new ReplyStarts(database, defaultSystem);
        this.stored = new StoredReplies(database);
        this.checkpointer = new Checkpointer(new Checkpoints(database));
        this.replyEndings = new ReplyEndings(stored);
        this.modelRequests = new ModelRequests(database, upstream, replyDefaults);
        this.maxRunning = replyDefaults.maxRunning();
    }

    /// Ends what a process that is gone has left running.
    ///
    /// @return how many replies that were
    public int recover() {
        return stored.recover().size();
    }

    /// Continues, or leaves to people, what was cut off by the end of the last process. Each reply goes on once for each time
    /// that it was cut off.
    ///
    /// @return how many replies go on
    public int continueInterrupted(boolean wanted) {
        var unfinished = wanted ? stored.unfinished() : List.<Reply>of();
        if (unfinished.isEmpty()) {
            stored.forgetUnfinished();
        }
        new InterruptedReplies(this, unfinished).begin();
        return unfinished.size();
    }

    /// Writes a prompt down, durably, and starts the reply to it. The same send again starts nothing.
    ///
    /// @throws Refused where the chat is not there or busy, or the server is stopping or full
    /// @throws StoreException where the prompt cannot be written; the model is not asked then
    public AcceptedPrompt start(NewPrompt newPrompt, Sampling sampling) {
        return totals.counted(() -> before(newPrompt).or(() -> begin(newPrompt, sampling)).or(() -> before(newPrompt)).orElseThrow());
    }

    private Optional<AcceptedPrompt> begin(NewPrompt newPrompt, Sampling sampling) {
        admit();
        return replyStarts.ask(newPrompt.answeredBy(modelRequests.modelFor(newPrompt)), sampling)
                .map(startedReply -> launch(startedReply, live -> modelRequests.ask(startedReply, live)));
    }

    private Optional<AcceptedPrompt> before(NewPrompt newPrompt) {
        return IdempotencyKeys.before(database, newPrompt).map(sent -> new AcceptedPrompt(sent.chat(), sent.message(), sent.reply(), false));
    }

    /// Starts another reply to the same prompt, beside the old one.
    ///
    /// @param model another model than last time
    public AcceptedPrompt regenerate(String owner, String reply, Optional<String> model) {
        return totals.counted(() -> {
            admit();
            var startedReply = replyStarts.again(owner, reply, model);
            return launch(startedReply, live -> modelRequests.ask(startedReply, live));
        });
    }

    /// Starts a reply again that was cut off; what the model adds is appended to its text.
    public AcceptedPrompt resume(String owner, String reply) {
        return totals.counted(() -> {
            admit();
            var startedReply = replyStarts.resume(owner, reply);
            return launch(startedReply, live -> modelRequests.resume(startedReply, live));
        });
    }

    private void admit() {
        if (stopping) {
            throw new Refused(new Problem("stopping", 503, "Stopping", "The server is restarting. Try again in a moment."));
        }
        if (running.size() >= maxRunning) {
            throw new Refused(new Problem("too-many-replies", 503, "Too many replies",
                    "As many replies are running as the server takes. Try again in a moment."));
        }
    }

    private AcceptedPrompt launch(StartedReply startedReply, Function<LiveReply, Call> question) {
        var reply = startedReply.reply();
        var live = new LiveReply(reply, startedReply.text());
        var writer = new ReplyWriter(live);
        running.put(reply.id(), writer);
        checkpointer.add(live);
        Thread.ofVirtual().name("reply ", 0).start(() -> write(writer, question));
        return new AcceptedPrompt(reply.chat(), reply.prompt(), reply.id(), true);
    }

    private void write(ReplyWriter writer, Function<LiveReply, Call> question) {
        var live = writer.live();
        var begun = live.now();
        try {
            replyEndings.end(live, writer.ended(question));
        } finally {
            live.now().end().ifPresent(end -> totals.ended(begun, live.now(), end));
            checkpointer.remove(live);
            running.remove(live.reply().id(), writer);
            writer.over();
        }
    }

    /// The reply's text, live while it runs.
    ///
    /// @return nothing where there is no such reply, or it is somebody else's
    public Optional<ReplyText> find(String owner, String id) {
        for (int look = 0; look < MAX_LOOKS; look++) {
            var writer = running.get(id);
            if (writer != null && writer.live().reply().owner().equals(owner)) {
                return Optional.of(writer.live());
            }
            var entry = stored.find(owner, id);
            if (entry.isEmpty() || entry.get().text().end().isPresent()) {
                return entry.map(ended -> new ReplyText.Ended(ended.reply(), ended.text()));
            }
            LockSupport.parkNanos(LOOK_NANOS); // it began between the two looks
        }
        throw new IllegalStateException("a reply is stored as running, but nobody writes it");
    }

    /// Closes the upstream connection and waits until the reply has ended and is stored.
    ///
    /// @return how it ended, now or before
    /// @throws Refused where there is no such reply
    public End stop(String owner, String id) {
        var text = find(owner, id).orElseThrow(Refused::notFound);
        var writer = running.get(id);
        if (text.now().end().isEmpty() && writer != null) {
            cut(writer, Status.STOPPED);
        }
        return text.now().end().orElseThrow(() -> new StoreException("a stopped reply did not end in time", null));
    }

    /// Stops all that run among these.
    public void stopAll(Predicate<Reply> these) {
        running.values().stream().filter(writer -> these.test(writer.live().reply())).forEach(writer -> cut(writer, Status.STOPPED));
    }

    void awaitEnd(String id) throws InterruptedException {
        var writer = running.get(id);
        if (writer != null) {
            writer.awaitOver(Long.MAX_VALUE);
        }
    }

    private static void cut(ReplyWriter writer, Status status) {
        writer.cut(End.of(status));
        try {
            writer.awaitOver(STOP_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Takes no more prompts, gives running replies some time, and ends what is left as interrupted.
    public void finish(long graceMillis) {
        stopping = true;
        awaitAll(graceMillis);
        running.values().forEach(writer -> writer.cut(End.of(Status.INTERRUPTED)));
        awaitAll(STOP_MILLIS);
    }

    private void awaitAll(long millis) {
        long deadline = System.nanoTime() + millis * 1_000_000;
        try {
            for (var writer : running.values()) {
                writer.awaitOver(Math.max(0, (deadline - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    /// How many run now.
    public int running() {
        return running.size();
    }

    public Totals totals() {
        return totals;
    }

    /// Whether prompts are taken at all.
    public boolean takesPrompts() {
        return !stopping;
    }

    @Override
    public void close() {
        finish(0);
        checkpointer.close();
    }
}
