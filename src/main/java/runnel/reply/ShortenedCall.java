package runnel.reply;

import java.util.Optional;
import java.util.function.Supplier;
import runnel.upstream.Call;
import runnel.upstream.Outcome;
import runnel.upstream.Sink;

/// Asks once more with a shorter chat, where it proves to be too long for the model. None has read it then.
final class ShortenedCall implements Call {
    private final Supplier<Optional<Call>> shorter;
    private Call current;
    private boolean cancelled;

    /// @param shorter the same question with less of the chat, where there is less to ask with
    ShortenedCall(Call first, Supplier<Optional<Call>> shorter) {
        this.current = first;
        this.shorter = shorter;
    }

    @Override
    public Outcome stream(Sink sink) {
        var outcome = current.stream(sink);
        boolean tooLong = outcome instanceof Outcome.Failed(var problem, var _) && problem.code().equals(Outcome.TOO_LONG);
        return (tooLong ? shorter.get() : Optional.<Call>empty()).map(next -> begin(next).stream(sink)).orElse(outcome);
    }

    private synchronized Call begin(Call next) {
        current = next;
        if (cancelled) {
            next.cancel();
        }
        return next;
    }

    @Override
    public synchronized void cancel() {
        cancelled = true;
        current.cancel();
    }
}
