package runnel.reply;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import runnel.chat.Asked;
import runnel.chat.End;
import runnel.chat.Id;
import runnel.chat.Parent;
import runnel.chat.Refused;
import runnel.chat.Reply;
import runnel.chat.Role;
import runnel.chat.Sampling;
import runnel.chat.Snapshot;
import runnel.chat.Status;
import runnel.chat.Turn;
import runnel.store.Database;
import runnel.store.StoreException;
import runnel.store.reply.AcceptedPrompt;
import runnel.store.reply.Checkpoints;
import runnel.store.reply.IdempotencyKeys;
import runnel.store.reply.NewPrompt;
import runnel.store.reply.ReplyStarts;
import runnel.store.reply.StartedReplies;
import runnel.store.reply.StoredReplies;
import runnel.store.reply.TokenUse;
import runnel.upstream.Call;
import runnel.upstream.Upstream;

/// All replies: starts, stops, continues and finds them. Each running reply has a virtual thread of its own, which is
/// its only writer; a reader that comes or goes changes nothing.
public final class Replies implements AutoCloseable {
    private static final long STOP_MILLIS = 10_000;

    private final Database database;
    private final ReplyStarts replyStarts;
    private final StoredReplies stored;
    private final RunningReplies running;
    private final ReplyPermits permits;
    private final Relays relays;
    private final Checkpointer checkpointer;
    private final ReplyLauncher launcher;
    private final ModelRequests modelRequests;
    private final QueuedPrompts queued;
    private final Titles titles;
    private final Totals totals = new Totals();

    /// @param defaultSystem the first message of chats that were given none
    public Replies(Database database, Upstream upstream, String defaultSystem, ReplyDefaults replyDefaults) {
        this(database, upstream, defaultSystem, replyDefaults, TextMemory.SHARED);
    }

    Replies(Database database, Upstream upstream, String defaultSystem, ReplyDefaults replyDefaults, TextMemory memory) {
        this.database = database;
        this.replyStarts = new ReplyStarts(database, defaultSystem);
        this.stored = new StoredReplies(database);
        this.running = new RunningReplies(stored);
        this.permits = new ReplyPermits(replyDefaults.maxRunning(), replyDefaults.maxRunningPerUser());
        this.relays = new Relays(upstream, permits, new TokenUse(database), totals);
        this.checkpointer = new Checkpointer(new Checkpoints(database));
        this.launcher = new ReplyLauncher(running, permits, checkpointer, new ReplyEndings(stored), memory, totals, this::ended);
        this.queued = new QueuedPrompts(database, this);
        this.titles = new Titles(database, upstream, replyDefaults.taskModel());
        this.modelRequests = new ModelRequests(database, upstream, replyDefaults);
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
    /// @return how many replies are to go on
    public int continueInterrupted(boolean wanted) {
        var unfinished = wanted ? stored.unfinished() : List.<Reply>of();
        if (unfinished.isEmpty()) {
            stored.forgetUnfinished();
        }
        new InterruptedReplies(this, stored, unfinished).begin();
        queued.recover();
        return unfinished.size();
    }

    /// Writes a prompt down, durably, and starts the reply to it, or all that it wants. The same send again starts nothing.
    ///
    /// @throws Refused where the chat is not there or busy, or the server is stopping or full
    /// @throws StoreException where the prompt cannot be written; the model is not asked then
    public AcceptedPrompt start(NewPrompt newPrompt, Sampling sampling) {
        return totals.counted(() -> before(newPrompt).or(() -> begin(newPrompt, sampling)).or(() -> before(newPrompt)).orElseThrow(),
                AcceptedPrompt::fresh);
    }

    /// Starts a reply of which nothing is written down: it is there while it runs, and for those who have it then.
    ///
    /// @throws Refused where the server is stopping or full
    public ReplyText startUnstored(NewPrompt newPrompt, Sampling sampling) {
        return totals.counted(() -> launcher.permitted(newPrompt.owner(), 1, permits -> {
            var reply = new Reply(Id.next(), "", newPrompt.owner(), "", modelRequests.modelFor(newPrompt), Id.epoch(), 0);
            var before = newPrompt.parent() instanceof Parent.Id(var id) ? modelRequests.leadingTo(id, reply.model(), sampling).turns()
                    : List.<Turn>of();
            var prompt = new Turn(Role.USER, newPrompt.prompt(), List.of(), sampling.asked().flatMap(Asked::input),
                    modelRequests.attachments(newPrompt, sampling));
            var path = Stream.concat(before.stream(), Stream.of(prompt)).toList();
            var started = new StartedReplies(List.of(reply), Snapshot.EMPTY, sampling, "", Optional.of(path));
            return Optional.of(running.starting(() ->
                    launcher.launch(permits, reply, started.text(), live -> modelRequests.ask(started, live))));
        }).orElseThrow(), _ -> true);
    }

    private Optional<AcceptedPrompt> begin(NewPrompt newPrompt, Sampling sampling) {
        return launcher.permitted(newPrompt.owner(), 1 + newPrompt.beside().size(), permits -> {
            var answered = newPrompt.answeredBy(modelRequests.modelFor(newPrompt));
            answered.models().forEach(model -> modelRequests.attachments(answered.answeredBy(model), sampling));
            return launcher.launched(permits, () -> replyStarts.ask(answered, sampling), modelRequests::ask);
        });
    }

    /// What an equal send before this one was given.
    ///
    /// @throws Refused where the id was used for something else
    public Optional<AcceptedPrompt> before(NewPrompt newPrompt) {
        return IdempotencyKeys.before(database, newPrompt);
    }

    /// Starts another reply to the same prompt, beside the old one.
    ///
    /// @param model  another model than last time
    /// @param change how to write otherwise than last time
    public AcceptedPrompt regenerate(String owner, String reply, Optional<String> model, Sampling.Change change) {
        find(owner, reply).ifPresent(old -> modelRequests.refuseUnseen(old.reply(), model));
        return totals.counted(() -> startOne(owner, () -> replyStarts.again(owner, reply, model, change), modelRequests::ask),
                AcceptedPrompt::fresh);
    }

    /// Starts a reply again that was cut off; what the model adds is appended to its text.
    public AcceptedPrompt resume(String owner, String reply) {
        return totals.counted(() -> goOn(owner, reply), AcceptedPrompt::fresh);
    }

    /// The same, where it is no request of anybody's.
    AcceptedPrompt goOn(String owner, String reply) {
        return startOne(owner, () -> replyStarts.resume(owner, reply), modelRequests::resume);
    }

    private AcceptedPrompt startOne(String owner, Supplier<StartedReplies> start, BiFunction<StartedReplies, LiveReply, Call> question) {
        return launcher.permitted(owner, 1, permits ->
                launcher.launched(permits, () -> Optional.of(start.get()), question)).orElseThrow();
    }

    /// Starts the reply to the first prompt that is due in a chat's queue, or to the one that is named.
    /// Whether its model can be given it is not looked at.
    ///
    /// @return nothing where none is
    /// @throws Refused where the chat is busy, or the server is stopping or full
    Optional<AcceptedPrompt> startQueued(String owner, String chat, Optional<String> id) {
        var model = modelRequests.modelFor(NewPrompt.queued(owner, "", "", chat, "", List.of()));
        return launcher.permitted(owner, 1, permits ->
                launcher.launched(permits, () -> replyStarts.queued(owner, chat, id, model), modelRequests::ask));
    }

    /// @throws Refused where a model cannot be given what stands beside a prompt
    public void refuseUnfit(NewPrompt newPrompt) {
        modelRequests.attachments(newPrompt, Sampling.DEFAULT);
    }

    private void ended(Reply reply, End end) {
        if (reply.isStored()) {
            if (end.status() == Status.COMPLETE) {
                titles.complete(reply);
            }
            queued.sendDueSoon(reply.owner(), reply.chat());
        }
    }

    /// The reply's text, live while it runs.
    ///
    /// @return nothing where there is no such reply, or it is somebody else's
    public Optional<ReplyText> find(String owner, String id) {
        return running.find(owner, id);
    }

    /// Closes the upstream connection and waits until the reply has ended and is stored.
    ///
    /// @return how it ended, now or before
    /// @throws Refused where there is no such reply, or it does not end in time
    public End stop(String owner, String id) {
        var text = find(owner, id).orElseThrow(Refused::notFound);
        if (text.now().end().isEmpty()) {
            RunningReplies.awaitOver(running.cut(reply -> reply.id().equals(id), Status.STOPPED), STOP_MILLIS);
        }
        return text.now().end().orElseThrow(() -> new Refused("still-stopping", 503, "Still stopping",
                "The reply was told to stop and has not ended yet. It will; ask again in a moment."));
    }

    /// Stops all that run among these.
    public void stopAll(Predicate<Reply> these) {
        running.stop(these, STOP_MILLIS);
    }

    /// Waits until a reply that runs has ended.
    public void awaitEnd(String id) {
        running.writer(id).ifPresent(writer -> RunningReplies.awaitOver(List.of(writer), Long.MAX_VALUE));
    }

    /// Takes no more prompts, gives running replies some time, and ends what is left as interrupted.
    public void finish(long graceMillis) {
        permits.close();
        permits.awaitAll(graceMillis);
        launcher.interrupt();
        relays.cut();
        titles.close();
        permits.awaitAll(STOP_MILLIS);
    }

    /// How many run now.
    public int running() {
        return running.size();
    }

    /// What waits in chats until their replies are complete.
    public QueuedPrompts queue() {
        return queued;
    }

    /// The requests that are passed on beside replies.
    public Relays relays() {
        return relays;
    }

    public Totals totals() {
        return totals;
    }

    /// Whether prompts are taken at all.
    public boolean takesPrompts() {
        return !permits.closed();
    }

    @Override
    public void close() {
        finish(0);
        checkpointer.close();
    }
}
