package runnel.reply;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.LoggerFactory;
import runnel.chat.End;
import runnel.chat.FaultLog;
import runnel.chat.Problem;
import runnel.chat.Run;
import runnel.chat.Status;
import runnel.chat.Usage;
import runnel.upstream.Call;
import runnel.upstream.Outcome;
import runnel.upstream.Sink;

/// The one writer of a reply: asks the model and appends what it says, until the answer or somebody ends it.
final class ReplyWriter implements Sink {
    private static final int MAX_BYTES = 16 << 20;
    /// What a run costs besides its text.
    private static final int RUN_BYTES = 8;
    private static final Problem TOO_LONG = new Problem("reply-too-long", 502, "The reply is too long",
            "The model wrote more than 16 MB, so the reply was ended here.");

    private static final Problem NO_ROOM = new Problem("reply-too-long", 503, "The reply is too long for now",
            "So many long replies are being written that there is no memory for more of this one. What came is kept; "
                    + "continue it when others have ended.");

    private static final FaultLog FAULTS = new FaultLog(LoggerFactory.getLogger(ReplyWriter.class)::error);
    private static final Problem FAULT = new Problem("internal-error", 500, "The server made a mistake",
            "The reply was ended by a fault of the server itself. Its log says more.");

    private final LiveReply live;
    private final CountDownLatch over = new CountDownLatch(1);
    /// How the reply ends if it is cut off from here; guarded by this, as the call.
    private End cut;
    private Call call;

    ReplyWriter(LiveReply live) {
        this.live = live;
    }

    LiveReply live() {
        return live;
    }

    /// Asks on the calling thread, and returns how the answer ended.
    End ended(Function<LiveReply, Call> question) {
        try {
            return asked(question);
        } catch (RuntimeException | Error unexpected) {
            FAULTS.tell("A reply ended by a fault of the server.", unexpected);
            return End.failed(FAULT);
        }
    }

    private End asked(Function<LiveReply, Call> question) {
        if (!hasRoom(0)) {
            return cutWith(Optional.empty());
        }
        var outcome = begin(question.apply(live)).stream(ResumedThoughts.behind(live.now(), this));
        return switch (outcome) {
            case Outcome.Complete(var reason, var usage) ->
                live.hasRoom(0) ? new End(Status.COMPLETE, Optional.of(reason), usage, Optional.empty()) : cutWith(usage);
            case Outcome.Failed(var problem, var usage) ->
                new End(Status.FAILED, Optional.empty(), usage, Optional.of(problem));
            case Outcome.Cancelled(var usage) -> cutWith(usage);
        };
    }

    private synchronized Call begin(Call prepared) {
        call = prepared;
        if (cut != null) {
            call.cancel();
        }
        return call;
    }

    private synchronized End cutWith(Optional<Usage> usage) {
        return new End(cut.status(), Optional.empty(), usage, cut.error());
    }

    /// Closes the upstream connection; the reply then ends as `end` says, unless it has ended on its own.
    synchronized void cut(End end) {
        if (cut == null) {
            cut = end;
            if (call != null) {
                call.cancel();
            }
        }
    }

    @Override
    public void append(Run.Kind kind, String piece) {
        if (!piece.isEmpty() && hasRoom(piece.length())) {
            live.append(kind, piece);
            limit();
        }
    }

    @Override
    public void call(String id, String name) {
        if (hasRoom(id.length() + name.length())) {
            live.call(id, name);
            limit();
        }
    }

    private boolean hasRoom(int characters) {
        boolean has = live.hasRoom(characters);
        if (!has) {
            cut(End.failed(NO_ROOM));
        }
        return has;
    }

    private void limit() {
        var text = live.now();
        if (text.length() + RUN_BYTES * text.runs().count() > MAX_BYTES) {
            cut(End.failed(TOO_LONG));
        }
    }

    void over() {
        over.countDown();
    }

    /// Waits until the reply has ended and is stored.
    boolean awaitOver(long millis) throws InterruptedException {
        return over.await(millis, TimeUnit.MILLISECONDS);
    }
}
