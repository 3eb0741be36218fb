package runnel.reply;

import java.util.Optional;
import java.util.Queue;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import runnel.chat.End;
import runnel.chat.FaultLog;
import runnel.chat.Refused;
import runnel.chat.Reply;
import runnel.chat.Snapshot;
import runnel.chat.Status;
import runnel.reply.ReplyPermits.Permit;
import runnel.store.reply.AcceptedPrompt;
import runnel.store.reply.StartedReplies;
import runnel.upstream.Call;

/// Takes a permit for each reply and gives it a virtual thread of its own, until its end is stored.
final class ReplyLauncher {
    private static final FaultLog FAULTS = new FaultLog(LoggerFactory.getLogger(ReplyLauncher.class)::error);

    private final RunningReplies running;
    private final ReplyPermits permits;
    private final Checkpointer checkpointer;
    private final ReplyEndings endings;
    private final TextMemory memory;
    private final Totals totals;
    private final BiConsumer<Reply, End> over;
    private volatile boolean interrupting;

    /// @param over is told of each end, when the permit is free again
    ReplyLauncher(RunningReplies running, ReplyPermits permits, Checkpointer checkpointer, ReplyEndings endings, TextMemory memory,
            Totals totals, BiConsumer<Reply, End> over) {
        this.running = running;
        this.permits = permits;
        this.checkpointer = checkpointer;
        this.endings = endings;
        this.memory = memory;
        this.totals = totals;
        this.over = over;
    }

    /// Interrupts all that run, and whatever is launched from now on.
    void interrupt() {
        interrupting = true;
        running.cut(_ -> true, Status.INTERRUPTED);
    }

    /// Gives the permits back that no reply has taken; the others are given back by their writers.
    <T> Optional<T> permitted(String owner, int replies, Function<Queue<Permit>, Optional<T>> start) {
        var taken = permits.take(owner, replies);
        try {
            return start.apply(taken);
        } catch (Refused refused) {
            // ends one that nobody writes
            throw Optional.ofNullable(refused.members().get("reply")).flatMap(busy -> running.find(owner, busy.toString()))
                    .filter(busy -> busy instanceof LiveReply && busy.now().end().isPresent()).map(ReplyEndings::notStoredYet).orElse(refused);
        } finally {
            taken.forEach(Permit::close);
        }
    }

    /// Writes down what `start` does and launches its replies, or does neither.
    Optional<AcceptedPrompt> launched(Queue<Permit> taken, Supplier<Optional<StartedReplies>> start,
            BiFunction<StartedReplies, LiveReply, Call> question) {
        return running.starting(() -> {
            var started = start.get();
            started.ifPresent(all -> all.replies().forEach(reply -> launch(taken, reply, all.text(), live -> question.apply(all, live))));
            return started.map(all -> AcceptedPrompt.of(all.replies()));
        });
    }

    /// Makes the writer of a reply and gives it a thread, which takes one of the permits and keeps it until it is over.
    LiveReply launch(Queue<Permit> taken, Reply reply, Snapshot begun, Function<LiveReply, Call> question) {
        var writer = new ReplyWriter(new LiveReply(reply, begun, memory.share()));
        running.add(writer);
        var permit = taken.remove();
        try {
            if (reply.isStored()) {
                checkpointer.add(writer.live());
            }
            Thread.ofVirtual().name("reply").start(() -> write(permit, writer, question));
        } catch (RuntimeException | Error noThread) {
            forget(writer);
            permit.close();
            writer.over();
            throw noThread;
        }
        if (interrupting) {
            writer.cut(End.of(Status.INTERRUPTED));
        }
        return writer.live();
    }

    private void write(Permit permit, ReplyWriter writer, Function<LiveReply, Call> question) {
        try (permit) {
            FAULTS.guard(() -> write(writer, question));
        } finally {
            writer.over(); // only now, so that whoever waits for it finds its permit free
        }
        writer.live().now().end().ifPresent(end -> over.accept(writer.live().reply(), end));
    }

    private void write(ReplyWriter writer, Function<LiveReply, Call> question) {
        var live = writer.live();
        var begun = live.now();
        try {
            endings.end(live, writer.ended(question));
            live.now().end().ifPresent(end -> totals.ended(begun, live.now(), end));
        } finally {
            forget(writer);
        }
    }

    private void forget(ReplyWriter writer) {
        running.remove(writer);
        checkpointer.remove(writer.live());
        writer.live().written();
    }
}
